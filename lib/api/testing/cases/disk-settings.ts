import type { diskSettingsOperations } from "../../spec/disk-settings";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { Case, CasesOf } from "./case";

const ofDisk = ({ ids }: ApiWorld) => ({ vmId: ids.vmId, target: "vda" });

const refusals: NonNullable<Case<keyof typeof diskSettingsOperations>["refusals"]> = [
  // What has no row was attached by virsh.
  [
    "conflict.rule",
    {},
    ({ world, ids }) => world.db.disk.deleteMany({ where: { vmId: ids.vmId } }),
  ],
  ["not_found", { vmId: "nobody0000" }],
  ["not_found", { target: "vdz" }],
  ["vm.bad_state", {}, deleting],
  ["host.unreachable", {}, away],
];

export const diskSettingsCases: CasesOf<typeof diskSettingsOperations> = {
  planDiskSettings: {
    as: "viewer",
    input: (api) => ({ ...ofDisk(api), bus: "scsi" }),
    onHost: true,
    refusals,
  },
  setDiskSettings: {
    as: "member",
    input: (api) => ({ ...ofDisk(api), serial: "DATA-1" }),
    onHost: true,
    refusals: [
      ...refusals,
      ["input.invalid", { bus: "ide" }],
      ["input.invalid", { serial: "a b" }],
    ],
  },
};
