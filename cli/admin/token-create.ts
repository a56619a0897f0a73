import { parseInput } from "@/lib/model/parse-input";
import { createTokenSchema } from "@/lib/services/token/create-token";
import { insertToken } from "@/lib/services/token/insert-token";
import type { CommandContext } from "../command";
import { countOf } from "../sizes";
import { findUser } from "./find-user";
import { withLocalContext } from "./local-context";

/** `portico admin token create ADDRESS NAME [--scopes LIST] [--days COUNT]` */
export async function tokenCreate({ args, options, print }: CommandContext): Promise<void> {
  const input = parseInput(createTokenSchema, {
    projectId: null,
    name: args.NAME,
    scopes: typeof options.scopes === "string" ? options.scopes.split(",") : ["read"],
    expiresInDays: typeof options.days === "string" ? countOf(options.days, "days") : undefined,
  });
  const made = await withLocalContext(async (ctx) => {
    const user = await findUser(ctx, args.ADDRESS ?? "");
    // The token acts as this person; the record says who made it.
    const { id: userId, email } = user;
    const actor = { ...ctx.actor, userId, email, token: null };
    return insertToken({ ...ctx, actor }, input);
  });
  print.note("Keep this, it is shown once:");
  print.result(made.secret, made);
}
