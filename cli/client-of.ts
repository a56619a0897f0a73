import { type Client, makeClient } from "./client";
import type { CommandContext } from "./command";
import { languageOf } from "./language";
import { onlyShowing } from "./only-showing";
import { readProfile } from "./profile";

/**
 * The client of this call: its profile, and the project that `--project` names. With `--diff` it
 * makes no change of a VM and shows what that would make of its definition.
 */
export async function clientOf(ctx: Pick<CommandContext, "io" | "options">): Promise<Client> {
  const { profile: name, project } = ctx.options;
  const { env, signal } = ctx.io;
  const profile = await readProfile(env, typeof name === "string" ? name : undefined);
  const chosen = typeof project === "string" ? { ...profile, project } : profile;
  const client = makeClient(chosen, languageOf(env), signal);
  return ctx.options.diff === true ? onlyShowing(client) : client;
}
