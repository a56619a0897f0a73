import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findProgram, root } from "./run.mjs";

/** Where packages of the tests are unpacked. */
export const unpackedDir = join(root, "e2e/.cache/unpacked");

/**
 * Programs of the distribution that tests talk to, of the packages that have them. They are not
 * installed, for that would start them as services.
 */
export const testPrograms = {
  nginx: "nginx",
  haproxy: "haproxy",
  caddy: "caddy",
  sshd: "openssh-server",
};

/**
 * A program that is installed on this machine, or one of an unpacked package with the libraries
 * that came with it; null when there is neither.
 * @param {string} name
 * @returns {{ path: string, env: Record<string, string> } | null}
 */
export function findTestProgram(name, folder = unpackedDir) {
  const installed = findProgram(name);
  if (installed !== null) return { path: installed, env: {} };
  const path = ["usr/sbin", "usr/bin"]
    .map((place) => join(folder, place, name))
    .find((each) => existsSync(each));
  if (path === undefined) return null;
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
    .map((machine) => join(folder, "usr/lib", machine))
    .filter((each) => existsSync(each));
  return { path, env: { LD_LIBRARY_PATH: libraries.join(delimiter) } };
}
