import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Beside what else may be thrown away and is made again.
const folder = fileURLToPath(
  new URL("../../node_modules/.cache/portico/capabilities", import.meta.url),
);

/**
 * Gives a private host what an earlier one found out about this machine's QEMU, which takes libvirt
 * seconds. libvirt itself compares it with the programs, the processor and the kernel that it was
 * found out for, and asks QEMU again where one of them is another.
 */
export async function recallCapabilities(cacheDir: string): Promise<void> {
  await mkdir(join(cacheDir, "qemu"), { recursive: true });
  await cp(folder, placeIn(cacheDir), { recursive: true }).catch(ignoreMissing);
}

/** Keeps what this host found out for those that come later. */
export async function keepCapabilities(cacheDir: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(`${folder}-`);
  try {
    await cp(placeIn(cacheDir), made, { recursive: true });
    // Fails where another host was faster: then there is nothing to do.
    await rename(made, folder);
  } catch {
    await rm(made, { recursive: true, force: true });
  }
}

const placeIn = (cacheDir: string) => join(cacheDir, "qemu/capabilities");

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}
