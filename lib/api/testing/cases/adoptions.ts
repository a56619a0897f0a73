import { liveVm } from "@/lib/services/testing/live-vm";
import { addVm } from "@/lib/services/testing/world";
import type { adoptionOperations } from "../../spec/adoptions";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

const uuid = "5f0c1c52-7b53-4f0e-9d5a-0d1f4d7f7a11";

/** A machine that nobody has, on the world's host. */
function ofHost({ world }: ApiWorld) {
  const [one] = world.host.inventory.list();
  if (one) world.host.set({ ...one, uuid, domainName: "shop", vmId: null });
  return { projectId: world.project, hostId: "local", uuid };
}

/** The machine belongs to a project. */
async function known({ world }: ApiWorld) {
  world.host.set(liveVm(await addVm(world, { uuid })));
}

export const adoptionCases: CasesOf<typeof adoptionOperations> = {
  listUnmanagedVms: { as: "auditor", input: () => ({}) },
  planVmAdoption: {
    as: "admin",
    input: ofHost,
    onHost: true,
    refusals: [
      ["not_found", { uuid: "5f0c1c52-7b53-4f0e-9d5a-0d1f4d7f7a12" }],
      ["not_found", { hostId: "nobody" }],
      ["not_found", { projectId: "nobody0000" }],
      ["input.invalid", { uuid: "web" }],
      ["conflict.exists", {}, known],
      ["host.unreachable", {}, away],
    ],
  },
  adoptVm: {
    as: "admin",
    input: ofHost,
    onHost: true,
    refusals: [
      ["not_found", { uuid: "5f0c1c52-7b53-4f0e-9d5a-0d1f4d7f7a12" }],
      ["input.invalid", { name: "" }],
      ["conflict.exists", {}, known],
      ["host.unreachable", {}, away],
    ],
  },
  releaseVm: {
    as: "admin",
    input: ({ ids }) => ({ vmId: ids.vmId }),
    onHost: true,
    refusals: [
      ["not_found", { vmId: "nobody0000" }],
      ["vm.bad_state", {}, deleting],
      ["host.unreachable", {}, away],
    ],
  },
};
