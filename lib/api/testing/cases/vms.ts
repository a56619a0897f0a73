import { onTestFinished } from "vitest";
import { type ConsoleSession, consoleLimits, consoleSessions } from "@/lib/console/sessions";
import { liveSnapshot } from "@/lib/services/testing/snapshots";
import { addVm } from "@/lib/services/testing/world";
import type { vmOperations } from "../../spec/vms";
import type { ApiWorld } from "../api-world";
import { away, deleting, full } from "./before";
import type { Case, CasesOf } from "./case";

type PowerId =
  | "startVm"
  | "shutdownVm"
  | "rebootVm"
  | "resetVm"
  | "forceOffVm"
  | "suspendVm"
  | "resumeVm"
  | "discardVmSavedState";

const nobody = { vmId: "nobody0000" };
const filesOnTop = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    const snapshots = [liveSnapshot(vm, "one", { storage: "external" })];
    world.host.set({ ...vm, snapshots });
  }
};
const noPools = ({ world }: ApiWorld) => {
  world.host.pools = [];
};
const off = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list())
    world.host.set({ ...vm, state: "off", bootId: null });
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
      kind: "screen",
      userId: "u",
      userName: "u",
      sessionId: "s",
      viewOnly: false,
      via: "member",
      shareId: null,
      openedAt: new Date(),
    };
    const place = consoleSessions().enter(session, () => undefined);
    if ("leave" in place) onTestFinished(place.leave);
  }
};

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });
const power = {
  as: "member",
  input: ofVm,
  onHost: true,
  refusals: [
    ["vm.bad_state", {}, deleting],
    ["host.unreachable", {}, away],
    ["not_found", nobody],
  ],
} satisfies Case<PowerId>;

const newVm = (api: ApiWorld) => ({
  projectId: api.ids.projectId,
  name: "web",
  vcpus: 1,
  memoryMib: 512,
  diskGib: 1,
});

export const vmCases: CasesOf<typeof vmOperations> = {
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
      ["input.invalid", { tag: "two words" }],
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
  updateVm: {
    as: "member",
    input: (api) => ({ ...ofVm(api), name: "Shop", tags: ["Web", "prod"], locked: true }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["conflict.exists", {}, ({ world }) => addVm(world, { name: "Shop" })],
      ["input.invalid", { name: "" }],
      ["input.invalid", { description: "\u0000" }],
      ["input.invalid", { tags: ["two words"] }],
      ["not_found", nobody],
    ],
  },
  setVmAutostart: {
    as: "member",
    input: (api) => ({ ...ofVm(api), autostart: true }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      [
        "vm.bad_state",
        {},
        ({ world }) => world.db.vm.updateMany({ data: { leaseStoppedAt: new Date() } }),
      ],
      ["not_found", nobody],
      ["host.unreachable", {}, away],
    ],
  },
  setVmRecovery: {
    as: "member",
    input: (api) => ({ ...ofVm(api), onPanic: "restart", watchdog: "reset" }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["not_found", nobody],
      ["host.unreachable", {}, away],
      ["input.invalid", { watchdog: "bark" }],
    ],
  },
  setVmClipboard: {
    as: "member",
    input: (api) => ({ ...ofVm(api), clipboard: true }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["not_found", nobody],
      ["host.unreachable", {}, away],
      ["input.invalid", { clipboard: "yes" }],
    ],
  },
  setVmVideo: {
    as: "member",
    input: (api) => ({ ...ofVm(api), model: "virtio" }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["not_found", nobody],
      ["host.unreachable", {}, away],
      ["input.invalid", { model: "voodoo" }],
    ],
  },
  deleteVm: {
    as: "member",
    input: (api) => ({ ...ofVm(api), keepDisks: "true" }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["conflict.rule", {}, filesOnTop],
      ["conflict.rule", {}, ({ world }) => world.db.vm.updateMany({ data: { locked: true } })],
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
  saveVm: {
    as: "member",
    input: ofVm,
    refusals: [
      ["vm.bad_state", {}, off],
      ["host.unreachable", {}, away],
      ["not_found", nobody],
    ],
  },
  discardVmSavedState: power,
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
  createSerialTicket: {
    as: "member",
    input: (api) => ({ ...ofVm(api), takeOver: false }),
    onHost: true,
    refusals: [
      ["vm.bad_state", {}, off],
      ["host.unreachable", {}, away],
      ["quota.exceeded", {}, manyConsoles],
      ["input.invalid", { takeOver: "yes" }],
    ],
  },
};
