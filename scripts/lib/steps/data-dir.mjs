import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { StepError } from "../steps.mjs";

const secretsOf = (setup) => join(setup.dataDir, "secrets.env");
const modeOf = (path) => statSync(path).mode & 0o777;

/** @type {import("../steps.mjs").Step} */
export const dataDir = {
  title: "Data folder and secrets",
  undo: "remove the folder (PORTICO_DATA, else /var/lib/portico or ~/.local/share/portico)",
  plan(setup) {
    if (!isAbsolute(setup.dataDir)) {
      throw new StepError(`PORTICO_DATA=${setup.dataDir}: must be an absolute path.`);
    }
    if (!existsSync(setup.dataDir)) return `make ${setup.dataDir} (mode 700) with new secrets`;
    if (modeOf(setup.dataDir) !== 0o700) return `set mode 700 on ${setup.dataDir}`;
    if (!existsSync(secretsOf(setup))) return `make ${secretsOf(setup)} (mode 600)`;
    return modeOf(secretsOf(setup)) === 0o600 ? null : `set mode 600 on ${secretsOf(setup)}`;
  },
  apply(setup) {
    mkdirSync(setup.dataDir, { recursive: true, mode: 0o700 });
    chmodSync(setup.dataDir, 0o700);
    const file = secretsOf(setup);
    if (!existsSync(file)) {
      const secret = randomBytes(48).toString("base64url");
      writeFileSync(file, `NEXTAUTH_SECRET=${secret}\n`, { mode: 0o600, flag: "wx" });
    }
    chmodSync(file, 0o600);
  },
};

/**
 * The settings in a file of KEY=value lines; empty lines and # comments are skipped.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseSettings(text) {
  const lines = text.split("\n").filter((line) => /^[A-Z_]+=/.test(line));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf("=")),
      line.slice(line.indexOf("=") + 1).trim(),
    ]),
  );
}

/** The secrets that the set-up made. @param {import("../setup.mjs").Setup} setup */
export const readSecrets = (setup) => parseSettings(readFileSync(secretsOf(setup), "utf8"));
