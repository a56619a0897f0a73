import { randomUUID } from "node:crypto";
import type { OperationResult } from "@/lib/api/spec/operations";
import { type TokenScope, tokenScopes } from "@/lib/policies/permissions";
import { usageError } from "../cli-error";
import { clientOf } from "../client-of";
import type { Command } from "../command";
import { findProject } from "../find-project";
import type { Column } from "../printer";
import { countOf } from "../sizes";

type Token = OperationResult<"listTokens">["items"][number];

const columns: readonly Column<Token>[] = [
  { title: "NAME", of: (token) => token.name },
  { title: "BEGINS", of: (token) => token.hint },
  { title: "MAY", of: (token) => token.scopes.join(",") },
  { title: "ENDS", of: (token) => (token.expired ? "expired" : token.expiresAt.slice(0, 10)) },
  { title: "LAST USED", of: (token) => token.lastUsedAt },
  { title: "ID", of: (token) => token.id },
];

const ofProject = {
  "of-project": { type: "boolean", summary: "the project's tokens, not your own" },
} as const;

const list: Command = {
  path: ["token", "ls"],
  summary: "list your API tokens, or the project's",
  options: ofProject,
  async run(ctx) {
    const client = await clientOf(ctx);
    const { items } =
      ctx.options["of-project"] === true
        ? await client.call("listProjectTokens", { projectId: (await findProject(client)).id })
        : await client.call("listTokens", {});
    ctx.print.table(items, columns, "No tokens.");
  },
};

const create: Command = {
  path: ["token", "create"],
  summary: "make an API token; its secret is shown this one time",
  args: [{ name: "NAME" }],
  options: {
    ...ofProject,
    scopes: {
      type: "string",
      value: "LIST",
      summary: `of ${tokenScopes.join(",")}; read if left out`,
    },
    days: { type: "string", value: "COUNT", summary: "how long it lives; 90 when left out" },
  },
  async run(ctx) {
    const { args, options, print } = ctx;
    const client = await clientOf(ctx);
    const body = {
      name: args.NAME ?? "",
      scopes: scopesOf(options.scopes),
      expiresInDays: typeof options.days === "string" ? countOf(options.days, "days") : undefined,
    };
    const headers = { "idempotency-key": randomUUID() };
    const made =
      options["of-project"] === true
        ? await client.call(
            "createProjectToken",
            { projectId: (await findProject(client)).id, ...body },
            headers,
          )
        : await client.call("createToken", body, headers);
    print.note("Keep this, it is shown once:");
    print.result(made.secret, made);
  },
};

function scopesOf(text: string | boolean | undefined): TokenScope[] {
  const words = typeof text === "string" ? text.split(",") : ["read"];
  return words.map((word) => {
    const scope = tokenScopes.find((each) => each === word.trim());
    if (scope === undefined) throw usageError(`--scopes ${word}: of ${tokenScopes.join(", ")}`);
    return scope;
  });
}

const revoke: Command = {
  path: ["token", "revoke"],
  summary: "end an API token at once",
  args: [{ name: "ID" }],
  async run(ctx) {
    const client = await clientOf(ctx);
    const tokenId = ctx.args.ID ?? "";
    await client.call("revokeToken", { tokenId });
    ctx.print.result("It opens nothing any more.", { tokenId });
  },
};

export const tokenCommands: readonly Command[] = [list, create, revoke];
