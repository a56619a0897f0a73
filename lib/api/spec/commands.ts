import type { OperationId } from "./operations";

/**
 * How `portico` does each operation, in the words of a call and with the values of the operations'
 * examples. The documentation shows them, and a test runs them: each must ask for its operation.
 */
export const commandOf: Record<OperationId, string> = {
  listVms: "vm ls --state running,paused",
  getVm: "vm show web",
  createVm: "vm create web --vcpus 2 --memory 2GiB --disk 20GiB",
  updateVm: 'vm edit web --description "Front of the shop" --tags web,prod',
  setVmAutostart: "vm autostart web",
  deleteVm: "vm rm web --yes",
  startVm: "vm start web",
  shutdownVm: "vm stop web --no-wait",
  rebootVm: "vm reboot web",
  resetVm: "vm reset web",
  forceOffVm: "vm stop web --force --no-wait",
  suspendVm: "vm suspend web",
  resumeVm: "vm resume web",
  planVmResize: "vm resize web --vcpus 4 --memory 4GiB --dry-run",
  resizeVm: "vm resize web --vcpus 4 --memory 4GiB",
  insertVmMedia: "vm insert web debian-12.iso",
  ejectVmMedia: "vm eject web",
  setVmNicLink: "nic link web down",
  extendVmLease: "lease extend web",
  setVmLease: "lease set web 2030-12-31T12:00:00Z",
  createConsoleTicket: "vm console web --listen 5901",

  listSnapshots: "snapshot ls web",
  getSnapshot: "snapshot show web before-upgrade",
  createSnapshot: "snapshot create web before-upgrade --memory",
  updateSnapshot: 'snapshot edit web before-upgrade "Before the upgrade to 13"',
  deleteSnapshot: "snapshot rm web before-upgrade --yes",
  revertSnapshot: "snapshot revert web before-upgrade --first before-revert --yes",
  getVmDefinition: "vm dumpxml web",
  planVmDefinition: "vm define web web.xml --dry-run",
  defineVm: "vm define web web.xml --yes",
  revertVmPending: "vm pending web --revert",

  listDisks: "disk ls",
  getDisk: "disk show web/vda",
  addDisk: "disk add web --size 20GiB",
  deleteDisk: "disk rm web/vda --yes",

  listImages: "image ls",
  getImage: "image show debian-12.iso",
  createImageUpload: "image upload debian-12.iso",
  deleteImage: "image rm debian-12.iso --yes",

  listNetworks: "network ls",

  listTasks: "task ls --state queued,running",
  getTask: "task show t5h1v9j3ky",
  cancelTask: "task cancel t5h1v9j3ky",

  listProjects: "project ls",
  getProject: "project show",
  createProject: "project create Research",
  renameProject: 'project rename "Research and teaching"',
  deleteProject: "project rm research --yes",
  getQuota: "quota show",
  getProjectLimits: "quota limits",
  setProjectLimits: "quota set --vms 10 --vcpus 40 --memory 64GiB --disk 1000GiB",
  listMembers: "member ls",
  addMember: "member add ada@example.org --role member",
  changeMemberRole: "member role ada@example.org viewer",
  removeMember: "member rm ada@example.org --yes",

  listInvitations: "invitation ls",
  createInvitation: "invitation create ada@example.org --role member",
  resendInvitation: "invitation resend ada@example.org",
  revokeInvitation: "invitation revoke ada@example.org",

  whoAmI: "whoami",
  listTokens: "token ls",
  createToken: "token create nightly --scopes read,vm.write --days 30",
  revokeToken: "token revoke n6b2y8f4qd",
  listProjectTokens: "token ls --of-project",
  createProjectToken: "token create nightly --of-project --scopes read,vm.write --days 30",

  listUsers: "user ls",
  getUser: "user show ada@example.org",
  disableUser: "user disable ada@example.org",
  enableUser: "user enable ada@example.org",
  signOutUser: "user sign-out ada@example.org",
  setUserRight: "user right ada@example.org auditor",
  createResetLink: "user reset ada@example.org",
  listHoldings: "user holdings ada@example.org",
  deleteUser: "user rm ada@example.org --heir grace@example.org --yes",

  listHosts: "host ls",
  listAudit: "audit ls --action vm.",
};
