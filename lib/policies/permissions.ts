/** Roles of a project's members, weakest first. Admins may do everything. */
export const projectRoles = ["viewer", "member", "owner"] as const;
export type ProjectRole = (typeof projectRoles)[number];

/** What an API token may be limited to. */
export const tokenScopes = [
  "read",
  "vm.write",
  "image.write",
  "project.write",
  "token.write",
  "admin.write",
] as const;
export type TokenScope = (typeof tokenScopes)[number];

interface Rule {
  /** The weakest project role that may; absent: nobody by a role in a project. */
  project?: ProjectRole;
  /** Whether auditors, who see everything and change nothing, may. */
  auditor?: true;
  /** What an API token needs for it. */
  scope: TokenScope;
}

/**
 * Who may do what, the one place where that is written. Administrators may everything; a rule
 * without a project role belongs to the installation.
 */
export const permissions = {
  "vm.read": { project: "viewer", auditor: true, scope: "read" },
  "vm.create": { project: "member", scope: "vm.write" },
  "vm.clone": { project: "member", scope: "vm.write" },
  // What leaves the portal whole is no mere reading.
  "vm.export": { project: "member", scope: "vm.write" },
  "vm.template": { project: "member", scope: "vm.write" },
  "vm.power": { project: "member", scope: "vm.write" },
  "vm.resize": { project: "member", scope: "vm.write" },
  "vm.transfer": { project: "owner", scope: "vm.write" },
  "vm.restore": { project: "owner", scope: "vm.write" },
  "vm.revert": { project: "member", scope: "vm.write" },
  "vm.media": { project: "member", scope: "vm.write" },
  "vm.disk": { project: "member", scope: "vm.write" },
  "vm.snapshot": { project: "member", scope: "vm.write" },
  "vm.console": { project: "member", scope: "vm.write" },
  "vm.screen": { project: "member", scope: "read" },
  "vm.rescue": { project: "member", scope: "vm.write" },
  "vm.boot": { project: "member", scope: "vm.write" },
  "vm.nic": { project: "member", scope: "vm.write" },
  "vm.guest": { project: "member", scope: "vm.write" },
  "vm.autostart": { project: "member", scope: "vm.write" },
  "vm.edit": { project: "member", scope: "vm.write" },
  "vm.clipboard": { project: "member", scope: "vm.write" },
  "vm.recovery": { project: "member", scope: "vm.write" },
  "vm.video": { project: "member", scope: "vm.write" },
  "vm.lock": { project: "member", scope: "vm.write" },
  "vm.delete": { project: "member", scope: "vm.write" },
  "vm.extend_lease": { project: "member", scope: "vm.write" },
  "disk.read": { project: "viewer", auditor: true, scope: "read" },
  "disk.delete": { project: "member", scope: "vm.write" },
  "backup.read": { project: "viewer", auditor: true, scope: "read" },
  "backup.create": { project: "member", scope: "vm.write" },
  "backup.verify": { project: "member", scope: "vm.write" },
  "backup.restore": { project: "member", scope: "vm.write" },
  "backup.restore_in_place": { project: "member", scope: "vm.write" },
  "backup.schedule": { project: "member", scope: "vm.write" },
  "backup.delete": { project: "member", scope: "vm.write" },
  "image.read": { project: "viewer", auditor: true, scope: "read" },
  "image.upload": { project: "member", scope: "image.write" },
  "image.delete": { project: "member", scope: "image.write" },
  "network.read": { project: "viewer", auditor: true, scope: "read" },
  "task.read": { project: "viewer", auditor: true, scope: "read" },
  "task.cancel": { project: "member", scope: "vm.write" },
  "project.read": { project: "viewer", auditor: true, scope: "read" },
  "project.leave": { project: "viewer", scope: "project.write" },
  "project.rename": { project: "owner", scope: "project.write" },
  "member.read": { project: "viewer", auditor: true, scope: "read" },
  "member.manage": { project: "owner", scope: "project.write" },
  "invitation.read": { project: "owner", auditor: true, scope: "read" },
  "project_token.read": { project: "owner", auditor: true, scope: "read" },
  "project_token.manage": { project: "owner", scope: "token.write" },
  "recording.read": { project: "owner", auditor: true, scope: "read" },
  "recording.delete": { project: "owner", scope: "project.write" },
  "recording.set_policy": { project: "owner", scope: "project.write" },
  "project_audit.read": { project: "owner", auditor: true, scope: "read" },

  "project.read_all": { auditor: true, scope: "read" },
  "project.create": { scope: "admin.write" },
  "project.delete": { scope: "admin.write" },
  "project.set_limits": { scope: "admin.write" },
  "vm.edit_definition": { scope: "admin.write" },
  "vm.set_lease": { scope: "admin.write" },
  "vm.set_disk_limits": { scope: "admin.write" },
  "vm.set_nic_limits": { scope: "admin.write" },
  "vm.pin": { scope: "admin.write" },
  "vm.tune": { scope: "admin.write" },
  "host.tune": { scope: "admin.write" },
  "host.set_backup_pool": { scope: "admin.write" },
  "host.read": { auditor: true, scope: "read" },
  "host.doctor": { auditor: true, scope: "read" },
  "vm.process": { auditor: true, scope: "read" },
  "vm.adopt": { scope: "admin.write" },
  "vm.read_unmanaged": { auditor: true, scope: "read" },
  "user.read": { auditor: true, scope: "read" },
  "user.manage": { scope: "admin.write" },
  "audit.read": { auditor: true, scope: "read" },
  "setting.read": { auditor: true, scope: "read" },
  "setting.manage": { scope: "admin.write" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof permissions;

/** The rule of a permission, in its general form. */
export function ruleOf(permission: Permission): Rule {
  return permissions[permission];
}
