import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CliError, usageError } from "./cli-error";
import { exitCodes } from "./exit-codes";
import type { Io } from "./io";

const profileSchema = z.object({
  /** The portal's address, perhaps with a path, without a slash at the end. */
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, "")),
  token: z.string().min(1),
  /** Slug of the project that commands work in. */
  project: z.string().optional(),
});
export type Profile = z.infer<typeof profileSchema>;

const fileSchema = z.object({ current: z.string(), profiles: z.record(z.string(), profileSchema) });
type ProfileFile = z.infer<typeof fileSchema>;

/** Where sign-ins are kept, mode 600. */
export function profilePath(env: Io["env"]): string {
  const folder = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config");
  return join(folder, "portico", "profiles.json");
}

async function read(path: string): Promise<ProfileFile> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { current: "default", profiles: {} };
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw usageError(`${path} cannot be read as sign-ins. Remove it and sign in again.`);
  }
}

async function write(path: string, file: ProfileFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

/**
 * The sign-in to use: PORTICO_URL and PORTICO_TOKEN when both are set, else the named one, else
 * the current one. Throws with the command that signs in when there is none.
 */
export async function readProfile(env: Io["env"], name?: string): Promise<Profile> {
  if (name === undefined && env.PORTICO_URL && env.PORTICO_TOKEN) {
    const given = profileSchema.safeParse({
      url: env.PORTICO_URL,
      token: env.PORTICO_TOKEN,
      project: env.PORTICO_PROJECT || undefined,
    });
    if (given.success) return given.data;
    throw usageError(`PORTICO_URL=${env.PORTICO_URL}: must be like https://cloud.example.org`);
  }
  const file = await read(profilePath(env));
  const profile = file.profiles[name ?? file.current];
  if (profile) return { ...profile, project: env.PORTICO_PROJECT || profile.project };
  throw new CliError(
    `Not signed in${name ? ` as "${name}"` : ""}. Run: portico login URL`,
    exitCodes.denied,
  );
}

/** Keeps a sign-in and makes it the current one. */
export async function saveProfile(env: Io["env"], name: string, profile: Profile): Promise<void> {
  const path = profilePath(env);
  const file = await read(path);
  await write(path, { current: name, profiles: { ...file.profiles, [name]: profile } });
}

/** Forgets a sign-in; false when there was none. */
export async function removeProfile(env: Io["env"], name?: string): Promise<boolean> {
  const path = profilePath(env);
  const file = await read(path);
  const gone = name ?? file.current;
  if (!(gone in file.profiles)) return false;
  const { [gone]: _, ...profiles } = file.profiles;
  await write(path, { current: Object.keys(profiles)[0] ?? "default", profiles });
  return true;
}
