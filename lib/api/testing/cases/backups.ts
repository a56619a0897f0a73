import type { backupOperations } from "../../spec/backups";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const ofBackup = ({ ids }: Pick<ApiWorld, "ids">) => ({
  projectId: ids.projectId,
  backupId: ids.backupId,
});
const ofVm = ({ ids }: Pick<ApiWorld, "ids">) => ({ vmId: ids.vmId });
const nothing = { backupId: "nobody0000" };

const busy = ({ world }: ApiWorld) => world.db.backup.updateMany({ data: { state: "making" } });
const busyHost = async ({ world }: ApiWorld) => {
  for (const id of ["one", "two"]) {
    const row = { id, kind: "backup.create", state: "running", hostId: "local", input: "{}" };
    await world.db.task.create({
      data: { ...row, targetName: "web", actorId: "u", actorName: "U" },
    });
  }
};
const noRoom = ({ world }: ApiWorld) =>
  world.db.project.update({ where: { id: world.project }, data: { maxDiskGib: 1 } });
const noNetwork = ({ world }: ApiWorld) => {
  world.host.networks = [];
};
const noPool = ({ world }: ApiWorld) => {
  world.host.pools = world.host.pools.filter((pool) => pool.role !== "backups");
};
const foreignDisk = ({ world, ids }: ApiWorld) =>
  world.db.disk.deleteMany({ where: { vmId: ids.vmId } });

const switchOff = ({ world }: ApiWorld) => {
  for (const vm of world.host.inventory.list()) {
    world.host.set({ ...vm, state: "off", bootId: null });
  }
};

export const backupCases: CasesOf<typeof backupOperations> = {
  listVmBackups: { as: "viewer", input: ofVm, refusals: [["not_found", { vmId: "nobody0000" }]] },
  createVmBackup: {
    as: "member",
    input: (api) => ({ ...ofVm(api), note: "before the upgrade" }),
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
      ["host.refused", {}, noPool],
      ["conflict.rule", {}, foreignDisk],
      ["quota.exceeded", {}, noRoom],
      ["input.invalid", { note: "a\nb" }],
    ],
  },
  listBackups: {
    as: "viewer",
    input: ({ ids }) => ({ projectId: ids.projectId, sort: "-createdAt" }),
  },
  getBackup: { as: "viewer", input: ofBackup, refusals: [["not_found", nothing]] },
  verifyBackup: {
    as: "member",
    input: ofBackup,
    refusals: [
      ["not_found", nothing],
      ["vm.bad_state", {}, busy],
      ["host.unreachable", {}, away],
      ["conflict.rule", {}, busyHost],
    ],
  },
  restoreBackup: {
    as: "member",
    input: (api) => ({ ...ofBackup(api), name: "web-restored" }),
    refusals: [
      ["not_found", nothing],
      ["vm.bad_state", {}, busy],
      ["host.unreachable", {}, away],
      [
        "conflict.exists",
        { name: "taken" },
        ({ world, ids }) =>
          world.db.vm.update({ where: { id: ids.vmId }, data: { name: "taken" } }),
      ],
      ["conflict.rule", {}, noNetwork],
      ["quota.exceeded", {}, noRoom],
    ],
  },
  restoreBackupInPlace: {
    as: "member",
    input: (api) => {
      switchOff(api);
      return ofBackup(api);
    },
    refusals: [
      ["not_found", nothing],
      ["vm.bad_state", {}, busy],
      ["host.unreachable", {}, away],
      ["conflict.rule", {}, noNetwork],
      ["quota.exceeded", {}, noRoom],
    ],
  },
  deleteBackup: {
    as: "member",
    input: ofBackup,
    refusals: [
      ["not_found", nothing],
      ["vm.bad_state", {}, busy],
      ["host.unreachable", {}, away],
    ],
  },
};
