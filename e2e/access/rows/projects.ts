import { callAction } from "../knock";
import type { Row } from "../row";

const noLimits = {
  vms: null,
  vcpus: null,
  memoryMib: null,
  diskGib: null,
  snapshots: null,
  images: null,
  imageGib: null,
};

let count = 0;
/** Every knock uses another name, so that none is refused for the one before. */
export const freshName = (what: string) => `${what} ${process.pid} ${++count}`;
export const freshEmail = () => `new-${process.pid}-${++count}@example.org`;

export const projectRows: Row[] = [
  {
    door: "action inviteAction",
    needs: "member.manage",
    knock: (cell) =>
      callAction(cell, "inviteAction", {
        email: freshEmail(),
        projectId: cell.project.id,
        role: "viewer",
      }),
  },
  {
    door: "action resendInvitationAction",
    needs: "member.manage",
    knock: async (cell) =>
      callAction(cell, "resendInvitationAction", {
        invitationId: (await cell.things.invitation()).id,
      }),
  },
  {
    door: "action revokeInvitationAction",
    needs: "member.manage",
    knock: async (cell) =>
      callAction(cell, "revokeInvitationAction", {
        invitationId: (await cell.things.invitation()).id,
      }),
  },
  {
    door: "action addMemberAction",
    // Whoever adds somebody learns that the address has an account.
    needs: "user.manage",
    about: "project",
    async knock(cell) {
      const { email } = await cell.otherThings.person();
      return callAction(cell, "addMemberAction", {
        projectId: cell.project.id,
        email,
        role: "viewer",
      });
    },
  },
  {
    door: "action changeRoleAction",
    needs: "member.manage",
    knock: async (cell) =>
      callAction(cell, "changeRoleAction", {
        projectId: cell.project.id,
        userId: await cell.things.member(),
        role: "member",
      }),
    nested: async (cell) =>
      callAction(cell, "changeRoleAction", {
        projectId: cell.project.id,
        userId: await cell.otherThings.member(),
        role: "member",
      }),
  },
  {
    door: "action removeMemberAction",
    needs: "member.manage",
    knock: async (cell) =>
      callAction(cell, "removeMemberAction", {
        projectId: cell.project.id,
        userId: await cell.things.member(),
      }),
    nested: async (cell) =>
      callAction(cell, "removeMemberAction", {
        projectId: cell.project.id,
        userId: await cell.otherThings.member(),
      }),
  },
  {
    door: "action renameProjectAction",
    needs: "project.rename",
    // The name that the pages' rows look for must stay.
    knock: (cell) =>
      callAction(cell, "renameProjectAction", {
        projectId: cell.project.id,
        name: `Canary of ${cell.project.slug}`,
      }),
  },
  {
    door: "action setRecordingPolicyAction",
    needs: "recording.set_policy",
    knock: (cell) =>
      callAction(cell, "setRecordingPolicyAction", {
        projectId: cell.project.id,
        mode: "consoles",
        keepDays: 30,
        quotaMib: 1_024,
      }),
  },
  {
    door: "action deleteRecordingAction",
    needs: "recording.delete",
    knock: async (cell) =>
      callAction(cell, "deleteRecordingAction", { recordingId: await cell.things.recording() }),
  },
  {
    door: "action noteExportAction",
    needs: "recording.read",
    knock: async (cell) =>
      callAction(cell, "noteExportAction", {
        recordingId: await cell.things.recording(),
        format: "gif",
        fromMs: 0,
        toMs: 1_000,
      }),
  },
  {
    door: "action createProjectAction",
    needs: "project.create",
    knock: (cell) => callAction(cell, "createProjectAction", { name: freshName("Project") }),
  },
  {
    door: "action deleteProjectAction",
    needs: "project.delete",
    about: "project",
    // The wrong name: an administrator is let in and told so.
    knock: (cell) =>
      callAction(cell, "deleteProjectAction", { projectId: cell.project.id, confirmName: "x" }),
    refusedInput: true,
  },
  {
    door: "action setProjectLimitsAction",
    needs: "project.set_limits",
    about: "project",
    knock: (cell) =>
      callAction(cell, "setProjectLimitsAction", {
        projectId: cell.project.id,
        limits: noLimits,
        leaseDays: null,
      }),
  },
  {
    door: "action extendLeaseAction",
    needs: "vm.extend_lease",
    knock: async (cell) =>
      callAction(cell, "extendLeaseAction", { vmId: (await cell.things.vm()).id }),
  },
  {
    door: "action setLeaseAction",
    needs: "vm.set_lease",
    about: "project",
    knock: async (cell) =>
      callAction(cell, "setLeaseAction", { vmId: (await cell.things.vm()).id, endsAt: null }),
  },
  {
    door: "action cancelTaskAction",
    needs: "task.cancel",
    knock: async (cell) =>
      callAction(cell, "cancelTaskAction", { taskId: await cell.things.task() }),
  },
];
