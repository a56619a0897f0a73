import { z } from "zod";
import { projectRoles, tokenScopes } from "@/lib/policies/permissions";
import {
  type NewToken,
  type TokenView,
  tokenDaysSchema,
  tokenLimits,
  tokenNameSchema,
  tokenScopesSchema,
} from "@/lib/policies/token";
import { idSchema, timeSchema } from "./fields";
import { operation } from "./operation";

export const tokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    hint: z.string().describe("Its first characters."),
    projectId: idSchema.nullable().describe("Null for a personal token."),
    madeBy: z.string(),
    scopes: z.array(z.enum(tokenScopes)),
    createdAt: timeSchema,
    expiresAt: timeSchema,
    expired: z.boolean(),
    lastUsedAt: timeSchema.nullable(),
    lastUsedIp: z.string().nullable(),
  })
  .meta({ id: "Token" }) satisfies z.ZodType<TokenView>;

const newTokenSchema = z
  .object({ token: tokenSchema, secret: z.string().describe("Shown this one time.") })
  .meta({ id: "NewToken" }) satisfies z.ZodType<NewToken>;

const createBody = z.strictObject({
  name: tokenNameSchema,
  scopes: tokenScopesSchema,
  expiresInDays: tokenDaysSchema.default(tokenLimits.defaultDays),
});
const tokenList = z.object({ items: z.array(tokenSchema) });
const projectParams = z.strictObject({ projectId: idSchema });
const creating = { name: "nightly", scopes: ["read", "vm.write"], expiresInDays: 30 };
const madeByToken =
  "A token makes others of at most its own scopes and life. The secret is in this answer only.";

export const tokenOperations = {
  whoAmI: operation({
    method: "GET",
    path: "/whoami",
    tag: "Tokens",
    summary: "Show who you are and what your token may",
    permission: null,
    status: 200,
    response: z
      .object({
        userId: idSchema,
        name: z.string(),
        email: z.string(),
        isAdmin: z.boolean(),
        isAuditor: z.boolean(),
        memberships: z.array(z.object({ projectId: idSchema, role: z.enum(projectRoles) })),
        token: z
          .object({
            id: idSchema,
            name: z.string(),
            projectId: idSchema.nullable(),
            scopes: z.array(z.enum(tokenScopes)),
          })
          .nullable()
          .describe("Null for a person at a browser."),
      })
      .meta({ id: "WhoAmI" }),
  }),
  listTokens: operation({
    method: "GET",
    path: "/tokens",
    tag: "Tokens",
    summary: "List your personal tokens",
    permission: null,
    scope: "read",
    status: 200,
    response: tokenList,
  }),
  createToken: operation({
    method: "POST",
    path: "/tokens",
    tag: "Tokens",
    summary: "Make a personal token",
    description: madeByToken,
    permission: null,
    scope: "token.write",
    body: createBody,
    status: 201,
    response: newTokenSchema,
    idempotent: true,
    problems: ["quota.exceeded"],
    example: creating,
  }),
  revokeToken: operation({
    method: "DELETE",
    path: "/tokens/{tokenId}",
    tag: "Tokens",
    summary: "Revoke a token, a personal one or a project's",
    description: "At once, with what is open on it. Every token may revoke itself.",
    permission: null,
    params: z.strictObject({ tokenId: idSchema }),
    status: 204,
    example: { tokenId: "n6b2y8f4qd" },
  }),
  listProjectTokens: operation({
    method: "GET",
    path: "/projects/{projectId}/tokens",
    tag: "Tokens",
    summary: "List a project's tokens",
    permission: "project_token.read",
    params: projectParams,
    status: 200,
    response: tokenList,
    example: { projectId: "p7w2c4n8ta" },
  }),
  createProjectToken: operation({
    method: "POST",
    path: "/projects/{projectId}/tokens",
    tag: "Tokens",
    summary: "Make a token of a project",
    description: `It acts in this project alone and lives on when its maker leaves. ${madeByToken}`,
    permission: "project_token.manage",
    params: projectParams,
    body: createBody,
    status: 201,
    response: newTokenSchema,
    idempotent: true,
    problems: ["quota.exceeded"],
    example: { projectId: "p7w2c4n8ta", ...creating },
  }),
} as const;
