import { onTestFinished } from "vitest";
import { type ConsoleSession, consoleLimits, consoleSessions } from "@/lib/console/sessions";
import { addProject } from "@/lib/services/testing/world";
import type { OperationCall, OperationId } from "../spec/operations";
import type { ProblemCode } from "../spec/problem";
import type { ApiWorld } from "./api-world";

export type Role = "viewer" | "member" | "owner" | "admin" | "auditor" | "outsider";

/** A call that succeeds, by the person who needs the least rights for it. */
export interface Case<Id extends OperationId> {
  as: Role;
  input: (api: ApiWorld) => OperationCall<Id> | Promise<OperationCall<Id>>;
  /** Whether libvirt is called: rows alone cannot answer it. */
  onHost?: true;
  /** Refusals of its own: the code, what is different, and what happened before. */
  refusals?: [
    code: ProblemCode,
    change: object | ((api: ApiWorld) => object),
    before?: (api: ApiWorld) => unknown,
  ][];
}

type PowerId =
  | "startVm"
  | "shutdownVm"
  | "rebootVm"
  | "resetVm"
  | "forceOffVm"
  | "suspendVm"
  | "resumeVm";

const nobody = { vmId: "nobody0000" };
const away = (api: ApiWorld) => {
  api.world.host.connection = "unreachable";
};
const noPools = ({ world }: ApiWorld) => {
  world.host.pools = [];
};
const off = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list())
    world.host.set({ ...vm, state: "off", bootId: null });
};
const deleting = ({ world, ids }: ApiWorld) =>
  world.db.vm.update({ where: { id: ids.vmId }, data: { lifecycle: "deleting" } });
const limits = (value: number | null) => ({
  vms: value,
  vcpus: value,
  memoryMib: value,
  diskGib: value,
  snapshots: value,
  images: value,
  imageGib: value,
});
const full = ({ world }: ApiWorld) =>
  world.db.project.update({
    where: { id: world.project },
    data: { maxVms: 0, maxVcpus: 0, maxImages: 0 },
  });
const manyTokens = async ({ world, tokenOf }: ApiWorld, projectId?: string) => {
  for (let count = 0; count < 50; count += 1) await tokenOf(world.owner, ["read"], projectId);
};

const self: [ProblemCode, (api: ApiWorld) => object] = [
  "conflict.rule",
  ({ world }) => ({ userId: world.admin.actor.userId }),
];

const manyInvitations = async ({ world }: ApiWorld) => {
  const invitation = {
    email: "open@example.org",
    projectId: world.project,
    role: "member" as const,
    invitedById: world.owner.actor.userId,
    invitedByName: "owner",
    expiresAt: new Date(Date.now() + 3_600_000),
  };
  await world.db.invitation.createMany({
    data: Array.from({ length: 100 }, (_, n) => ({
      ...invitation,
      id: `i${n}`,
      tokenHash: `h${n}`,
    })),
  });
};

const manyConsoles = ({ ids, world }: ApiWorld) => {
  for (let n = 0; n < consoleLimits.perVm; n += 1) {
    const session: ConsoleSession = {
      id: `c${n}`,
      vmId: ids.vmId,
      vmName: "vm",
      projectId: world.project,
      hostId: "local",
      uuid: "u",
      bootId: "b",
      userId: "u",
      userName: "u",
      sessionId: "s",
      viewOnly: false,
      openedAt: new Date(),
    };
    const place = consoleSessions().enter(session, () => undefined);
    if ("leave" in place) onTestFinished(place.leave);
  }
};

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const power: Case<PowerId> = {
  as: "member",
  input: ofVm,
  onHost: true,
  refusals: [
    ["vm.bad_state", {}, deleting],
    ["host.unreachable", {}, away],
    ["not_found", nobody],
  ],
};

const newVm = (api: ApiWorld) => ({
  projectId: api.ids.projectId,
  name: "web",
  vcpus: 1,
  memoryMib: 512,
  diskGib: 1,
});

/** Every operation has its case: one without does not compile. */
export const cases: { [Id in OperationId]: Case<Id> } = {
  listVms: {
    as: "viewer",
    input: ({ ids }) => ({
      projectId: ids.projectId,
      state: "running,off",
      name: "vm",
      limit: "7",
    }),
    refusals: [
      ["not_found", { projectId: "nobody0000" }],
      ["input.invalid", { cursor: "createdAt.garbage" }],
      ["input.invalid", { cursor: "name.W10" }],
      ["input.invalid", { limit: "201" }],
      ["input.invalid", { state: "running,dancing" }],
    ],
  },
  getVm: { as: "viewer", input: ofVm, refusals: [["not_found", nobody]] },
  createVm: {
    as: "member",
    input: newVm,
    refusals: [
      ["conflict.exists", {}, (api) => api.world.db.vm.updateMany({ data: { name: "web" } })],
      ["quota.exceeded", {}, full],
      ["host.unreachable", {}, away],
      ["host.refused", {}, noPools],
      ["input.invalid", { network: "nowhere" }],
      ["input.invalid", { vcpus: 1e9 }],
      ["not_found", { imageId: "nobody0000" }],
    ],
  },
  deleteVm: {
    as: "member",
    input: (api) => ({ ...ofVm(api), keepDisks: "true" }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  startVm: power,
  shutdownVm: power,
  rebootVm: power,
  resetVm: power,
  forceOffVm: power,
  suspendVm: power,
  resumeVm: power,
  planVmResize: {
    as: "viewer",
    input: (api) => ({ ...ofVm(api), vcpus: 3, memoryMib: 1024 }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  resizeVm: {
    as: "member",
    input: (api) => ({ ...ofVm(api), vcpus: 3, memoryMib: 1024 }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["quota.exceeded", {}, full],
      [
        "conflict.stale",
        {
          seen: {
            live: { vcpus: 9, maxVcpus: 9, memoryKib: 9, maxMemoryKib: 9 },
            next: { vcpus: 9, maxVcpus: 9, memoryKib: 9, maxMemoryKib: 9 },
          },
        },
      ],
    ],
  },
  insertVmMedia: {
    as: "member",
    input: (api) => ({ ...ofVm(api), imageId: api.ids.imageId }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["not_found", { imageId: "nobody0000" }],
    ],
  },
  ejectVmMedia: {
    as: "member",
    input: ofVm,
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
  extendVmLease: {
    as: "member",
    input: ofVm,
    refusals: [
      ["conflict.rule", {}, ({ world }) => world.db.vm.updateMany({ data: { leaseEndsAt: null } })],
      ["vm.bad_state", {}, deleting],
    ],
  },
  setVmLease: {
    as: "admin",
    input: (api) => ({ ...ofVm(api), endsAt: new Date(Date.now() + 1e9).toISOString() }),
    refusals: [
      ["input.invalid", { endsAt: "2001-01-01T00:00:00Z" }],
      ["vm.bad_state", {}, deleting],
    ],
  },
  createConsoleTicket: {
    as: "member",
    input: ofVm,
    refusals: [
      ["vm.bad_state", {}, off],
      ["host.unreachable", {}, away],
      ["quota.exceeded", {}, manyConsoles],
    ],
  },

  listImages: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "name" }) },
  getImage: { as: "viewer", input: ({ ids }) => ({ imageId: ids.imageId }) },
  createImageUpload: {
    as: "member",
    input: ({ ids }) => ({ projectId: ids.projectId, name: "x.iso", sizeBytes: 1_000_000 }),
    refusals: [
      ["quota.exceeded", {}, full],
      ["input.invalid", { sizeBytes: 1 }],
    ],
  },
  deleteImage: {
    as: "member",
    input: ({ ids }) => ({ imageId: ids.imageId }),
    refusals: [
      [
        "vm.bad_state",
        {},
        ({ world }) => world.db.image.updateMany({ data: { state: "storing" } }),
      ],
      ["host.unreachable", {}, away],
    ],
  },
  listNetworks: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },

  listTasks: {
    as: "viewer",
    input: ({ ids }) => ({ projectId: ids.projectId, state: "queued", kind: "image.store" }),
  },
  getTask: { as: "viewer", input: ({ ids }) => ({ taskId: ids.taskId }) },
  cancelTask: {
    as: "member",
    input: ({ ids }) => ({ taskId: ids.taskId }),
    refusals: [
      ["vm.bad_state", {}, ({ world }) => world.db.task.updateMany({ data: { state: "done" } })],
    ],
  },

  listProjects: { as: "viewer", input: () => ({ slug: "one" }) },
  getProject: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  createProject: {
    as: "admin",
    input: () => ({ name: "Third" }),
    refusals: [["input.invalid", { name: " " }]],
  },
  renameProject: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, name: "Another" }),
  },
  deleteProject: {
    as: "admin",
    input: async ({ world }) => ({
      projectId: await addProject(world.db, "empty"),
      confirmName: "empty",
    }),
    refusals: [
      ["input.invalid", { confirmName: "full" }],
      ["conflict.rule", ({ ids }) => ({ projectId: ids.projectId, confirmName: "one" })],
    ],
  },
  getQuota: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  getProjectLimits: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId }) },
  setProjectLimits: {
    as: "admin",
    input: ({ ids }) => ({ projectId: ids.projectId, limits: limits(5), leaseDays: null }),
    refusals: [["input.invalid", { limits: { ...limits(null), vms: -1 } }]],
  },
  listMembers: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "-name" }) },
  addMember: {
    as: "admin",
    input: ({ ids, world }) => ({
      projectId: ids.projectId,
      email: world.outsider.actor.email,
      role: "viewer",
    }),
    refusals: [
      ["input.invalid", { email: "nobody@example.org" }],
      [
        "conflict.exists",
        {},
        ({ world }) =>
          world.db.membership.updateMany({
            where: { userId: world.outsider.actor.userId },
            data: { projectId: world.project },
          }),
      ],
    ],
  },
  changeMemberRole: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, userId: ids.userId, role: "member" }),
    refusals: [
      ["not_found", { userId: "nobody0000" }],
      ["conflict.rule", ({ world }) => ({ userId: world.owner.actor.userId })],
    ],
  },
  removeMember: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, userId: ids.userId }),
    refusals: [
      ["not_found", { userId: "nobody0000" }],
      ["conflict.rule", ({ world }) => ({ userId: world.owner.actor.userId })],
    ],
  },
  listInvitations: { as: "owner", input: ({ ids }) => ({ projectId: ids.projectId }) },
  createInvitation: {
    as: "owner",
    input: ({ ids }) => ({ email: "new@example.org", projectId: ids.projectId, role: "viewer" }),
    refusals: [
      ["input.invalid", { role: null }],
      ["conflict.exists", ({ world }) => ({ email: world.member.actor.email })],
      ["conflict.rule", {}, manyInvitations],
    ],
  },
  resendInvitation: { as: "owner", input: ({ ids }) => ({ invitationId: ids.invitationId }) },
  revokeInvitation: { as: "owner", input: ({ ids }) => ({ invitationId: ids.invitationId }) },

  whoAmI: { as: "outsider", input: () => ({}) },
  listTokens: { as: "viewer", input: () => ({}) },
  createToken: {
    as: "owner",
    input: () => ({ name: "ci", scopes: ["read"], expiresInDays: 1 }),
    refusals: [
      ["auth.forbidden", { expiresInDays: 365 }],
      ["input.invalid", { scopes: ["everything"] }],
      ["quota.exceeded", {}, (api) => manyTokens(api)],
    ],
  },
  revokeToken: { as: "owner", input: ({ ids }) => ({ tokenId: ids.tokenId }) },
  listProjectTokens: { as: "owner", input: ({ ids }) => ({ projectId: ids.projectId }) },
  createProjectToken: {
    as: "owner",
    input: ({ ids }) => ({
      projectId: ids.projectId,
      name: "ci",
      scopes: ["read"],
      expiresInDays: 1,
    }),
    refusals: [
      ["input.invalid", { scopes: ["admin.write"] }],
      ["quota.exceeded", {}, (api) => manyTokens(api, api.world.project)],
    ],
  },

  listUsers: { as: "auditor", input: () => ({ search: "member", show: "all", limit: "1" }) },
  getUser: { as: "auditor", input: ({ ids }) => ({ userId: ids.userId }) },
  disableUser: {
    as: "admin",
    input: ({ ids }) => ({ userId: ids.userId }),
    refusals: [["not_found", { userId: "nobody0000" }], self],
  },
  enableUser: {
    as: "admin",
    input: ({ ids }) => ({ userId: ids.userId }),
    refusals: [self],
  },
  signOutUser: {
    as: "admin",
    input: ({ ids }) => ({ userId: ids.userId }),
    refusals: [self],
  },
  setUserRight: {
    as: "admin",
    input: ({ ids }) => ({ userId: ids.userId, right: "auditor" }),
    refusals: [self],
  },
  createResetLink: {
    as: "admin",
    input: ({ ids }) => ({ userId: ids.userId }),
    refusals: [self],
  },
  listHoldings: { as: "admin", input: ({ ids }) => ({ userId: ids.userId }) },
  deleteUser: {
    as: "admin",
    input: ({ ids, world }) => ({
      userId: ids.userId,
      confirmEmail: world.viewer.actor.email,
    }),
    refusals: [["input.invalid", { confirmEmail: "x" }], self],
  },

  listHosts: { as: "auditor", input: () => ({}) },
  listAudit: {
    as: "owner",
    input: ({ ids }) => ({ projectId: ids.projectId, action: "vm.", limit: "3" }),
  },
};

/** The case of any operation, its input as the transport sees it. */
export function caseOf(id: OperationId): Omit<Case<OperationId>, "input"> & {
  input: (api: ApiWorld) => object | Promise<object>;
} {
  return cases[id];
}
