import type { tokenOperations } from "../../spec/tokens";
import type { ApiWorld } from "../api-world";
import type { CasesOf } from "./case";

const manyTokens = async ({ world, tokenOf }: ApiWorld, projectId?: string) => {
  for (let count = 0; count < 50; count += 1) await tokenOf(world.owner, ["read"], projectId);
};

export const tokenCases: CasesOf<typeof tokenOperations> = {
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
};
