import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { show } from "../run.mjs";
import { StepError } from "../steps.mjs";
import { findTestProgram, testPrograms, unpackedDir } from "../unpacked.mjs";

const missing = () => Object.keys(testPrograms).filter((name) => findTestProgram(name) === null);

/**
 * Fetches the packages of the servers that tests talk to, with what they need, and unpacks them
 * into a folder of the tests: installed, they would run as services of this machine.
 */
export const unpackedPackages = {
  title: "Servers for the tests",
  undo: `remove the folder ${unpackedDir}`,
  async plan() {
    const names = missing();
    return names.length > 0 ? `unpack ${names.join(", ")}, without installing them` : null;
  },
  async apply() {
    const packages = missing().map((name) => testPrograms[name]);
    const work = `${unpackedDir}.new`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, "debs/partial"), { recursive: true });
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await show(["apt-get", "update", "-qq"], { env });
    const fetch = ["install", "-y", "-qq", "--no-install-recommends", "--download-only"];
    const into = ["-o", `Dir::Cache::archives=${join(work, "debs")}`];
    const code = await show(["apt-get", ...fetch, ...into, ...packages], { env });
    if (code !== 0) throw new StepError(`apt-get ended with ${code}; its message is above.`);
    for (const name of readdirSync(join(work, "debs"))) {
      if (!name.endsWith(".deb")) continue;
      const unpacked = await show(["dpkg", "-x", join(work, "debs", name), join(work, "root")]);
      if (unpacked !== 0) throw new StepError(`dpkg cannot unpack ${name}.`);
    }
    rmSync(unpackedDir, { recursive: true, force: true });
    renameSync(join(work, "root"), unpackedDir);
    rmSync(work, { recursive: true, force: true });
    const left = missing();
    if (left.length > 0) throw new StepError(`There is no ${left.join(", ")} in these packages.`);
  },
};
