import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(here, "../.cache");
const run = promisify(execFile);

/** `graphics` has drivers of graphics cards, and takes half as long again to start. */
export type GuestKernel = "small" | "graphics";

/**
 * Path of the test guest's ISO; builds it when this version of the builder has not been built
 * yet (about 6 s, and 28 MB of packages the first time). Safe to call from several
 * processes at once: flock lets one of them build.
 */
export async function ensureGuestIso(kernel: GuestKernel = "small"): Promise<string> {
  const name = kernel === "small" ? "guest" : `guest-${kernel}`;
  const iso = join(cache, `${name}-${await builderHash()}.iso`);
  if (await exists(iso)) return iso;
  await mkdir(cache, { recursive: true });
  const build = 'test -e "$1" || "$0" "$1" "$2" "$3"';
  const lock = [join(cache, `${name}.lock`), "sh", "-c", build];
  const work = join(cache, `${name}-work`);
  await run("flock", [...lock, join(here, "build-guest-iso.sh"), iso, work, kernel]);
  await removeOlder(name, iso);
  return iso;
}

/** Twelve hexadecimal digits over every file that goes into the guest, and GRUB's platforms. */
async function builderHash(): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(here, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash
      .update(file.slice(here.length))
      .update("\0")
      .update(await readFile(file));
  }
  if (await exists("/usr/lib/grub/x86_64-efi")) hash.update("efi");
  return hash.digest("hex").slice(0, 12);
}

async function removeOlder(name: string, current: string): Promise<void> {
  for (const file of await readdir(cache)) {
    const path = join(cache, file);
    const hash = file.slice(name.length + 1, -".iso".length);
    if (file === `${name}-${hash}.iso` && /^[0-9a-f]{12}$/.test(hash) && path !== current) {
      await unlink(path);
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
