import { newId } from "@/lib/db/id";
import { mostShares } from "@/lib/model/console-share";
import type { consoleShareOperations } from "../../spec/console-shares";
import type { ApiWorld } from "../api-world";
import type { CasesOf } from "./case";

const ofVm = ({ ids }: ApiWorld) => ({ vmId: ids.vmId });

async function share({ world, ids }: ApiWorld) {
  const id = newId();
  await world.db.consoleShare.create({
    data: {
      id,
      tokenHash: id,
      vmId: ids.vmId,
      projectId: world.project,
      name: "support",
      createdById: world.member.actor.userId,
      createdByName: "member",
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return id;
}

export const consoleShareCases: CasesOf<typeof consoleShareOperations> = {
  listConsoleShares: { as: "member", input: ofVm },
  createConsoleShare: {
    as: "member",
    input: (api) => ({ ...ofVm(api), name: "support", minutes: 60, maxVisits: 1 }),
    refusals: [
      ["input.invalid", { name: " " }],
      ["input.invalid", { minutes: 60 * 24 * 8 }],
      ["input.invalid", { maxVisits: 0 }],
      ["not_found", { vmId: "nobody0000" }],
      [
        "conflict.rule",
        {},
        async (api) => {
          for (let n = 0; n < mostShares; n += 1) await share(api);
        },
      ],
    ],
  },
  revokeConsoleShare: {
    as: "member",
    input: async (api) => ({ ...ofVm(api), shareId: await share(api) }),
    refusals: [["not_found", { shareId: "nobody0000" }]],
  },
};
