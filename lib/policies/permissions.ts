/** Roles of a project's members, weakest first. Admins may do everything. */
export const projectRoles = ["viewer", "member", "owner"] as const;
export type ProjectRole = (typeof projectRoles)[number];

/** Who may do what: the weakest project role, or `admin` for what belongs to the installation. */
export const permissions = {
  "vm.read": "viewer",
  "vm.create": "member",
  "vm.power": "member",
  "vm.resize": "member",
  "vm.media": "member",
  "vm.console": "member",
  "vm.delete": "member",
  "image.read": "viewer",
  "image.upload": "member",
  "image.delete": "member",
  "network.read": "viewer",
  "task.read": "viewer",
  "task.cancel": "member",
  "project.read": "viewer",
  "host.read": "admin",
  "host.doctor": "admin",
  "vm.read_unmanaged": "admin",
  "user.manage": "admin",
} as const satisfies Record<string, ProjectRole | "admin">;

export type Permission = keyof typeof permissions;
