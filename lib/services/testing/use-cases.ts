import { perResource } from "@/lib/model/quota";
import { type Permission, ruleOf } from "@/lib/policies/permissions";
import { exportAudit } from "../audit/export-audit";
import { listAudit } from "../audit/list-audit";
import { getBackupPool } from "../backup-pool/get-backup-pool";
import { setBackupPool } from "../backup-pool/set-backup-pool";
import { listHosts } from "../host/list-hosts";
import { cancelUpload } from "../image/cancel-upload";
import { deleteImage } from "../image/delete-image";
import { listImages } from "../image/list-images";
import { createInvitation } from "../invitation/create-invitation";
import { listInvitations } from "../invitation/list-invitations";
import { resendInvitation } from "../invitation/resend-invitation";
import { revokeInvitation } from "../invitation/revoke-invitation";
import { setLease } from "../lease/set-lease";
import { listNetworks } from "../network/list-networks";
import { changeRole } from "../project/change-role";
import { createProject } from "../project/create-project";
import { deleteProject } from "../project/delete-project";
import { leaveProject } from "../project/leave-project";
import { listMembers } from "../project/list-members";
import { pageProjects } from "../project/page-projects";
import { projectBySlug } from "../project/project-by-slug";
import { removeMember } from "../project/remove-member";
import { renameProject } from "../project/rename-project";
import { getProjectLimits } from "../quota/get-project-limits";
import { getQuota } from "../quota/get-quota";
import { hostOvercommit } from "../quota/host-overcommit";
import { quotaContacts } from "../quota/quota-contacts";
import { setProjectLimits } from "../quota/set-project-limits";
import { deleteRecording } from "../recording/delete-recording";
import { getRecordingPolicy } from "../recording/get-policy";
import { getRecording } from "../recording/get-recording";
import { listRecordings, listVmRecordings } from "../recording/list-recordings";
import { noteExport } from "../recording/note-export";
import { setRecordingPolicy } from "../recording/set-policy";
import { setSetting } from "../setting/set-setting";
import { cancelTask } from "../task/cancel-task";
import { listTasks } from "../task/list-tasks";
import { createToken } from "../token/create-token";
import { revokeToken } from "../token/revoke-token";
import { setUserDisabled } from "../user/set-user-disabled";
import { listUnmanaged } from "../vm/list-unmanaged";
import { backupUseCases } from "./backup-use-cases";
import type { UseCase } from "./use-case";
import { vmUseCases } from "./vm-use-cases";

const newcomer = { email: "new@example.org", isAdmin: false, isAuditor: false };

/** Every use case on an object of a project, with the permission that it asks for. */
export const useCases: UseCase[] = [
  ...vmUseCases,
  ...backupUseCases,
  ["list images", "image.read", (ctx, { projectId }) => listImages(ctx, { projectId })],
  ["list networks", "network.read", (ctx, { projectId }) => listNetworks(ctx, { projectId })],
  ["list tasks", "task.read", (ctx, { projectId }) => listTasks(ctx, { projectId })],
  ["open a project", "project.read", (ctx) => projectBySlug(ctx, { slug: "one" })],
  ["see the quota", "project.read", (ctx, { projectId }) => getQuota(ctx, { projectId })],
  ["see the limits", "project.read", (ctx, { projectId }) => getProjectLimits(ctx, { projectId })],
  ["see who sets them", "project.read", (ctx, { projectId }) => quotaContacts(ctx, { projectId })],
  [
    "read the project's audit log",
    "project_audit.read",
    (ctx, { projectId }) => listAudit(ctx, { projectId, limit: 50 }),
  ],
  [
    "export the project's audit log",
    "project_audit.read",
    async (ctx, { projectId }) => (await exportAudit(ctx, { projectId, format: "json" })).cancel(),
  ],
  ["delete an image", "image.delete", (ctx, { imageId }) => deleteImage(ctx, { imageId })],
  [
    "cancel an upload",
    "image.upload",
    (ctx, { uploadId }) => cancelUpload(ctx, { imageId: uploadId }),
  ],
  ["cancel a task", "task.cancel", (ctx, { taskId }) => cancelTask(ctx, { taskId })],
  ["list members", "member.read", (ctx, { projectId }) => listMembers(ctx, { projectId })],
  [
    "rename the project",
    "project.rename",
    (ctx, { projectId }) => renameProject(ctx, { projectId, name: "x" }),
  ],
  [
    "see whether screens are recorded",
    "project.read",
    (ctx, { projectId }) => getRecordingPolicy(ctx, { projectId }),
  ],
  [
    "set whether screens are recorded",
    "recording.set_policy",
    (ctx, { projectId }) =>
      setRecordingPolicy(ctx, { projectId, mode: "consoles", keepDays: 1, quotaMib: 64 }),
  ],
  ["list recordings", "recording.read", (ctx, { projectId }) => listRecordings(ctx, { projectId })],
  ["list a VM's recordings", "recording.read", (ctx, { vmId }) => listVmRecordings(ctx, { vmId })],
  [
    "see a recording",
    "recording.read",
    (ctx, { recordingId }) => getRecording(ctx, { recordingId }),
  ],
  [
    "make a film of a recording",
    "recording.read",
    (ctx, { recordingId }) =>
      noteExport(ctx, { recordingId, format: "gif", fromMs: 0, toMs: 1_000 }),
  ],
  [
    "delete a recording",
    "recording.delete",
    (ctx, { recordingId }) => deleteRecording(ctx, { recordingId }),
  ],
  ["leave the project", "project.leave", (ctx, ids) => leaveProject(ctx, ids)],
  [
    "delete the project",
    "project.delete",
    (ctx, { projectId }) => deleteProject(ctx, { projectId, confirmName: "one" }),
  ],
  [
    "change a role",
    "member.manage",
    (ctx, { projectId, userId }) => changeRole(ctx, { projectId, userId, role: "owner" }),
  ],
  [
    "remove a member",
    "member.manage",
    (ctx, { projectId, userId }) => removeMember(ctx, { projectId, userId }),
  ],
  [
    "invite",
    "member.manage",
    (ctx, { projectId }) => createInvitation(ctx, { ...newcomer, projectId, role: "owner" }),
  ],
  [
    "list invitations",
    "invitation.read",
    (ctx, { projectId }) => listInvitations(ctx, { projectId }),
  ],
  ["send an invitation again", "member.manage", (ctx, ids) => resendInvitation(ctx, ids)],
  ["take an invitation back", "member.manage", (ctx, ids) => revokeInvitation(ctx, ids)],
  [
    "make a token of the project",
    "project_token.manage",
    (ctx, { projectId }) =>
      createToken(ctx, { projectId, name: "ci", scopes: ["read"], expiresInDays: 1 }),
  ],
  [
    "revoke a token of the project",
    "project_token.manage",
    (ctx, { tokenId }) => revokeToken(ctx, { tokenId }),
  ],
];

/** Every use case on the installation, with the permission that it asks for. */
export const installationUseCases: UseCase[] = [
  ["read the audit log", "audit.read", (ctx) => listAudit(ctx, { limit: 50 })],
  [
    "export the audit log",
    "audit.read",
    async (ctx) => (await exportAudit(ctx, { format: "csv" })).cancel(),
  ],
  ["list hosts", "host.read", (ctx) => listHosts(ctx)],
  ["see where backups go", "host.read", (ctx) => getBackupPool(ctx, { hostId: "local" })],
  [
    "set where backups go",
    "host.set_backup_pool",
    (ctx) => setBackupPool(ctx, { hostId: "local", pool: null }),
  ],
  [
    "list all projects",
    "project.read_all",
    (ctx) => pageProjects(ctx, { search: "", cursor: null, limit: 50 }),
  ],
  ["make a project", "project.create", (ctx) => createProject(ctx, { name: "new" })],
  [
    "invite into the installation",
    "user.manage",
    (ctx) => createInvitation(ctx, { ...newcomer, projectId: null, role: null, isAdmin: true }),
  ],
  [
    "list invitations into the installation",
    "user.read",
    (ctx) => listInvitations(ctx, { projectId: null }),
  ],
  ["list unmanaged domains", "vm.read_unmanaged", (ctx) => listUnmanaged(ctx)],
  ["see over-commit", "host.read", (ctx) => hostOvercommit(ctx)],
  ["set a lease", "vm.set_lease", (ctx, { vmId }) => setLease(ctx, { vmId, endsAt: null })],
  [
    "set a project's limits",
    "project.set_limits",
    (ctx, { projectId }) =>
      setProjectLimits(ctx, { projectId, limits: perResource(() => null), leaseDays: null }),
  ],
  [
    "disable a user",
    "user.manage",
    (ctx, { userId }) => setUserDisabled(ctx, { userId, disabled: true }),
  ],
  [
    "change a setting",
    "setting.manage",
    (ctx) => setSetting(ctx, { key: "requireSecondFactor", value: "nobody" }),
  ],
];

/** Whether it changes anything. */
export function isWrite(permission: Permission): boolean {
  return ruleOf(permission).scope !== "read";
}
