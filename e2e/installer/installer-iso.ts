import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(here, "../.cache");
const run = promisify(execFile);

/**
 * Path of an ISO with Debian's own text installer; builds it when it is not there yet (some ten
 * seconds, and 133 MB of a package). Null on another distribution, which has no such package.
 */
export async function ensureInstallerIso(): Promise<string | null> {
  const name = await installerPackage();
  if (name === null) return null;
  const builder = join(here, "build-installer-iso.sh");
  const hash = createHash("sha256")
    .update(await readFile(builder))
    .digest("hex")
    .slice(0, 12);
  const iso = join(cache, `${name}-${hash}.iso`);
  if (
    await access(iso).then(
      () => true,
      () => false,
    )
  )
    return iso;
  await mkdir(cache, { recursive: true });
  await run(builder, [name, iso, join(cache, "installer-work")]);
  return iso;
}

/** The package of this Debian's own release. */
async function installerPackage(): Promise<string | null> {
  const release = await readFile("/etc/os-release", "utf8");
  const value = (key: string) => release.match(new RegExp(`^${key}="?([^"\n]*)`, "m"))?.[1];
  if (value("ID") !== "debian") return null;
  return `debian-installer-${value("VERSION_ID")}-netboot-amd64`;
}
