import { addVm } from "@/lib/services/testing/world";
import type { vmImportOperations } from "../../spec/vm-imports";
import { away, busyHost, full } from "./before";
import type { CasesOf } from "./case";

export const vmImportCases: CasesOf<typeof vmImportOperations> = {
  importVm: {
    as: "member",
    input: ({ ids }) => ({
      imageId: ids.applianceId,
      name: "shop",
      vcpus: 1,
      memoryMib: 512,
      network: "default",
      firmware: "bios",
      drivers: "common",
      start: true,
      keep: false,
    }),
    refusals: [
      // An ISO.
      ["vm.bad_state", ({ ids }) => ({ imageId: ids.imageId })],
      ["conflict.exists", {}, ({ world }) => addVm(world, { name: "shop" })],
      ["quota.exceeded", {}, full],
      ["conflict.rule", {}, busyHost],
      ["host.unreachable", {}, away],
      ["input.invalid", { network: "gone" }],
      ["input.invalid", { vcpus: 0 }],
      ["not_found", { imageId: "nobody0000" }],
    ],
  },
};
