import { type Client, makeClient } from "./client";
import type { CommandContext } from "./command";
import { languageOf } from "./language";
import { readProfile } from "./profile";

/** The client of this call: its profile, and the project that `--project` names. */
export async function clientOf(ctx: Pick<CommandContext, "io" | "options">): Promise<Client> {
  const { profile: name, project } = ctx.options;
  const { env, signal } = ctx.io;
  const profile = await readProfile(env, typeof name === "string" ? name : undefined);
  const chosen = typeof project === "string" ? { ...profile, project } : profile;
  return makeClient(chosen, languageOf(env), signal);
}
