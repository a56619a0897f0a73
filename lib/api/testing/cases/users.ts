import type { ProblemCode } from "../../spec/problem";
import type { userOperations } from "../../spec/users";
import type { ApiWorld } from "../api-world";
import type { CasesOf } from "./case";

const self: [ProblemCode, (api: ApiWorld) => object] = [
  "conflict.rule",
  ({ world }) => ({ userId: world.admin.actor.userId }),
];

export const userCases: CasesOf<typeof userOperations> = {
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
};
