import { newId } from "@/lib/db/id";
import { addProject, addVm } from "@/lib/services/testing/world";
import type { vmTransferOperations } from "../../spec/vm-transfers";
import type { ApiWorld } from "../api-world";
import { away, deleting } from "./before";
import type { CasesOf } from "./case";

/** A second project of the owner's. */
async function secondProject({ world }: ApiWorld): Promise<string> {
  const projectId = await addProject(world.db, `second-${newId()}`);
  const { userId } = world.owner.actor;
  await world.db.membership.create({ data: { projectId, userId, role: "owner" } });
  return projectId;
}

const inEveryProject = (data: object) => (api: ApiWorld) =>
  api.world.db.project.updateMany({ data });

export const vmTransferCases: CasesOf<typeof vmTransferOperations> = {
  transferVm: {
    as: "owner",
    input: async (api) => ({ vmId: api.ids.vmId, toProjectId: await secondProject(api) }),
    refusals: [
      ["vm.bad_state", {}, deleting],
      ["conflict.rule", ({ world }: ApiWorld) => ({ toProjectId: world.project })],
      [
        "conflict.exists",
        {},
        async ({ world, ids }) => {
          for (const project of await world.db.project.findMany()) {
            if (project.id === world.project) continue;
            await addVm({ db: world.db, project: project.id }, { name: ids.name });
          }
        },
      ],
      ["quota.exceeded", {}, inEveryProject({ maxVcpus: 1 })],
      ["host.unreachable", {}, away],
      ["not_found", ({ world }: ApiWorld) => ({ toProjectId: world.otherProject })],
      ["not_found", { vmId: "nobody0000" }],
    ],
  },
};
