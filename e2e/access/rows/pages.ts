import { can } from "@/lib/policies/can";
import { openPage } from "../knock";
import type { Cell, Row } from "../row";

type Path = (cell: Cell) => string | Promise<string>;

function page(door: string, needs: Row["needs"], path: Path, differs: Partial<Row> = {}): Row {
  return {
    door: `page ${door}`,
    needs,
    // Who sees a project but not this page of it is told that there is no such page.
    hidden: true,
    async knock(cell) {
      const { answer, body } = await openPage(cell, await path(cell));
      // A page that turns somebody away must not carry what it hides.
      const sees = can(cell.who.rights, "project.read", cell.project.id);
      const tells = !sees && answer !== "let in" && body.includes(canary(cell));
      return tells ? "broken: the body names the project" : answer;
    },
    ...differs,
  };
}

/** The name of the project that the page is about: nobody types it, it comes from the database. */
const canary = (cell: Cell) => `Canary of ${cell.project.slug}`;

const inProject = (rest: string): Path => {
  return (cell) => `/p/${cell.project.slug}${rest}`;
};
const ofVm = (rest: string): Path => {
  return async (cell) => `/p/${cell.project.slug}/vms/${(await cell.things.vm()).id}${rest}`;
};

export const pageRows: Row[] = [
  page("/", "signed in", () => "/"),
  page("/sign-in", "nothing", () => "/sign-in"),
  page("/sign-in/verify", "nothing", () => "/sign-in/verify"),
  page("/reset/request", "nothing", () => "/reset/request"),
  page("/reset/[token]", "nothing", () => "/reset/x"),
  page("/invite/[token]", "nothing", () => "/invite/x"),
  page("/setup", "nothing", () => "/setup?token=x"),
  page("/second-factor", "signed in", () => "/second-factor"),
  page("/account", "signed in", () => "/account"),
  page("/account/security", "signed in", () => "/account/security"),
  page("/account/tokens", "signed in", () => "/account/tokens"),
  page("/docs/api", "nothing", () => "/docs/api"),
  page("/share", "nothing", () => "/share?screen=none"),
  page("/problems", "nothing", () => "/problems"),
  page("/problems/[code]", "nothing", () => "/problems/vm.bad_state"),
  page("/account/ssh-keys", "signed in", () => "/account/ssh-keys"),
  page("/p/[project]", "project.read", inProject("")),
  page("/p/[project]/vms", "vm.read", inProject("/vms")),
  page("/p/[project]/vms/new", "vm.read", inProject("/vms/new")),
  page("/p/[project]/vms/wall", "vm.read", inProject("/vms/wall")),
  page("/p/[project]/vms/import", "vm.read", inProject("/vms/import")),
  page("/p/[project]/vms/[id]", "vm.read", ofVm("")),
  page("/p/[project]/vms/[id]/console", "vm.read", ofVm("/console")),
  page("/p/[project]/vms/[id]/console/serial", "vm.read", ofVm("/console/serial")),
  page("/p/[project]/vms/[id]/console/recordings", "recording.read", ofVm("/console/recordings")),
  page("/p/[project]/vms/[id]/hardware", "vm.read", ofVm("/hardware")),
  page("/p/[project]/vms/[id]/hardware/[target]", "disk.read", ofVm("/hardware/vda")),
  page("/p/[project]/vms/[id]/snapshots", "vm.read", ofVm("/snapshots")),
  page("/p/[project]/vms/[id]/backups", "backup.read", ofVm("/backups")),
  page("/p/[project]/vms/[id]/definition", "vm.read", ofVm("/definition")),
  page("/p/[project]/vms/[id]/settings", "vm.read", ofVm("/settings")),
  page("/p/[project]/vms/[id]/guest", "vm.read", ofVm("/guest")),
  page("/p/[project]/vms/[id]/process", "vm.process", ofVm("/process")),
  page("/p/[project]/vms/[id]/activity", "vm.read", ofVm("/activity")),
  page("/p/[project]/images", "image.read", inProject("/images")),
  page("/p/[project]/disks", "disk.read", inProject("/disks")),
  page("/p/[project]/backups", "backup.read", inProject("/backups")),
  page("/p/[project]/networks", "network.read", inProject("/networks")),
  page("/p/[project]/activity", "task.read", inProject("/activity")),
  page("/p/[project]/project", "project.read", inProject("/project")),
  page("/p/[project]/project/members", "member.read", inProject("/project/members")),
  page("/p/[project]/project/audit", "project_audit.read", inProject("/project/audit")),
  page("/p/[project]/project/quota", "project.read", inProject("/project/quota")),
  page("/p/[project]/project/tokens", "project_token.read", inProject("/project/tokens")),
  page("/p/[project]/project/recordings", "recording.read", inProject("/project/recordings")),
  page(
    "/p/[project]/project/recordings/[id]",
    "recording.read",
    async (cell) => `/p/${cell.project.slug}/project/recordings/${await cell.things.recording()}`,
  ),
  page("/p/[project]/project/settings", "project.rename", inProject("/project/settings")),
  page("/admin", "host.read", () => "/admin"),
  page("/admin/hosts", "host.read", () => "/admin/hosts"),
  page("/admin/hosts/[id]", "host.read", () => "/admin/hosts/local"),
  page("/admin/projects", "project.read_all", () => "/admin/projects"),
  page(
    "/admin/projects/[slug]",
    "project.read_all",
    (cell) => `/admin/projects/${cell.project.slug}`,
  ),
  page("/admin/audit", "audit.read", () => "/admin/audit"),
  page("/admin/settings", "setting.read", () => "/admin/settings"),
  page("/admin/users", "user.read", () => "/admin/users"),
  page(
    "/admin/users/[id]",
    "user.read",
    async (cell) => `/admin/users/${(await cell.things.person()).id}`,
  ),
  page("/admin/vms", "vm.read_unmanaged", () => "/admin/vms"),
  page("/admin/health", "host.doctor", () => "/admin/health"),
];
