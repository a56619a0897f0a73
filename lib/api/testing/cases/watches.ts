import { watchLimits } from "@/lib/model/watch/watch";
import type { watchOperations } from "../../spec/watches";
import type { ApiWorld } from "../api-world";
import { deleting } from "./before";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: Pick<ApiWorld, "ids">) => ({ vmId: ids.vmId });
const nobody = { vmId: "nobody0000" };
const condition = { name: "up", kind: "screen" as const, texts: ["login:"] };

async function enough({ world, ids }: ApiWorld): Promise<void> {
  const by = { createdById: "u", createdByName: "U", expiresAt: new Date(Date.now() + 60_000) };
  for (let at = 0; at < watchLimits.ofVm; at += 1) {
    const data = { ...by, id: `full-${at}`, vmId: ids.vmId, name: "full", kind: "screen" };
    await world.db.screenWatch.create({ data });
  }
}

export const watchCases: CasesOf<typeof watchOperations> = {
  listWatches: { as: "member", input: ofVm, refusals: [["not_found", nobody]] },
  addWatch: {
    as: "member",
    input: (api) => ({ ...ofVm(api), ...condition, hookUrl: "https://hooks.example.org/x" }),
    refusals: [
      ["not_found", nobody],
      ["vm.bad_state", {}, deleting],
      ["quota.exceeded", {}, enough],
      ["input.invalid", { texts: [] }],
      ["input.invalid", { texts: ["***"] }],
      ["input.invalid", { keys: "→" }],
      ["input.invalid", { hookUrl: "ftp://hooks.example.org" }],
    ],
  },
  removeWatch: {
    as: "member",
    input: ({ ids }) => ({ vmId: ids.vmId, watchId: ids.watchId }),
    refusals: [
      ["not_found", nobody],
      ["not_found", { watchId: "nobody0000" }],
    ],
  },
};
