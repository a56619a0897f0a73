import { z } from "zod";
import { projectRoles } from "@/lib/policies/permissions";
import type { UserView } from "@/lib/services/user/get-user";
import type { Holdings } from "@/lib/services/user/list-holdings";
import type { UserRow } from "@/lib/services/user/list-users";
import { idSchema, searchSchema, timeSchema } from "./fields";
import { operation } from "./operation";
import { pageOf, pageQuery } from "./paging";

const userParams = z.strictObject({ userId: idSchema });
const rightSchema = z.enum(["none", "auditor", "admin"]);
const example = { userId: "u2f6g1z5xs" };

const userShape = {
  id: idSchema,
  name: z.string(),
  email: z.string(),
  right: rightSchema.describe("In the installation."),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  createdAt: timeSchema,
  lastSignInAt: timeSchema.nullable(),
  projects: z.array(z.object({ slug: z.string(), name: z.string(), role: z.enum(projectRoles) })),
};
const userSchema = z.object(userShape).meta({ id: "User" }) satisfies z.ZodType<UserRow>;

const userDetailSchema = z
  .object({
    ...userShape,
    rightFromOidc: z.boolean().describe("Whether an OIDC provider's groups give `right`."),
    hasPassword: z.boolean(),
    totp: z.boolean().describe("An authenticator app."),
    passkeys: z.int(),
    sshKeys: z.int(),
    sessions: z.int(),
    personalTokens: z.int(),
    issuers: z.array(z.string()).describe("OIDC providers that know the person."),
  })
  .meta({ id: "UserDetail" }) satisfies z.ZodType<UserView>;

const heirSchema = z.object({ id: idSchema, name: z.string(), email: z.string() });

export const userOperations = {
  listUsers: operation({
    method: "GET",
    path: "/users",
    tag: "Users",
    summary: "List users",
    permission: "user.read",
    query: z.strictObject({
      search: searchSchema.optional().describe("Part of a name or an address."),
      show: z.enum(["all", "admins", "auditors", "disabled", "one_factor"]).default("all"),
      ...pageQuery(["name"]),
    }),
    status: 200,
    response: pageOf(userSchema),
    example: { show: "admins" },
  }),
  getUser: operation({
    method: "GET",
    path: "/users/{userId}",
    tag: "Users",
    summary: "Show a user",
    permission: "user.read",
    params: userParams,
    status: 200,
    response: userDetailSchema,
    example,
  }),
  disableUser: operation({
    method: "POST",
    path: "/users/{userId}/disable",
    tag: "Users",
    summary: "Let a user in no more",
    description: "Sessions, tokens, streams and consoles end at once.",
    permission: "user.manage",
    params: userParams,
    status: 204,
    problems: ["conflict.rule"],
    example,
  }),
  enableUser: operation({
    method: "POST",
    path: "/users/{userId}/enable",
    tag: "Users",
    summary: "Let a user in again",
    permission: "user.manage",
    params: userParams,
    status: 204,
    problems: ["conflict.rule"],
    example,
  }),
  signOutUser: operation({
    method: "POST",
    path: "/users/{userId}/sign-out",
    tag: "Users",
    summary: "End all sessions of a user",
    permission: "user.manage",
    params: userParams,
    status: 204,
    problems: ["conflict.rule"],
    example,
  }),
  setUserRight: operation({
    method: "PUT",
    path: "/users/{userId}/right",
    tag: "Users",
    summary: "Make a user administrator, auditor or neither",
    permission: "user.manage",
    params: userParams,
    body: z.strictObject({ right: rightSchema }),
    status: 204,
    problems: ["conflict.rule"],
    example: { ...example, right: "auditor" },
  }),
  createResetLink: operation({
    method: "POST",
    path: "/users/{userId}/reset-link",
    tag: "Users",
    summary: "Make a one-time link by which a user sets a new password",
    permission: "user.manage",
    params: userParams,
    status: 201,
    response: z
      .object({
        path: z.string().describe("Behind the portal's own address. Shown this one time."),
        expiresAt: timeSchema,
      })
      .meta({ id: "ResetLink" }),
    problems: ["conflict.rule"],
    example,
  }),
  listHoldings: operation({
    method: "GET",
    path: "/users/{userId}/holdings",
    tag: "Users",
    summary: "Show what somebody has to take over before a user is deleted",
    permission: "user.manage",
    params: userParams,
    status: 200,
    response: z
      .object({
        projects: z.array(
          z.object({
            id: idSchema,
            name: z.string(),
            vms: z.int(),
            heirs: z.array(heirSchema),
          }),
        ),
        projectTokens: z.int().describe("API tokens of projects, which end with the account."),
      })
      .meta({ id: "Holdings" }) satisfies z.ZodType<Holdings>,
    example,
  }),
  deleteUser: operation({
    method: "POST",
    path: "/users/{userId}/delete",
    tag: "Users",
    summary: "Delete a user and hand over the projects that nobody else owns",
    description: "For every project of the user's holdings an heir is named.",
    permission: "user.manage",
    params: userParams,
    body: z.strictObject({
      confirmEmail: z.string().trim().toLowerCase().max(254).describe("The user's address."),
      owners: z
        .array(z.strictObject({ projectId: idSchema, userId: idSchema }))
        .max(1_000)
        .default([]),
    }),
    status: 204,
    problems: ["conflict.rule"],
    example: {
      ...example,
      confirmEmail: "ada@example.org",
      owners: [{ projectId: "p7w2c4n8ta", userId: "u9k4m7c3re" }],
    },
  }),
} as const;
