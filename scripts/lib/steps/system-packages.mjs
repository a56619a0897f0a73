import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { missingPackages, osFamily, packagesFor } from "../packages.mjs";
import { capture, findProgram, show } from "../run.mjs";
import { StepError } from "../steps.mjs";

const installArgs = ["install", "-y", "--no-install-recommends"];

/**
 * Installs those of the packages that are missing; only root can, so anybody else is told the
 * command. Other distributions than Debian's family pass when the programs are there.
 * @param {string[]} wanted
 * @returns {import("../steps.mjs").Step}
 */
export function systemPackages(wanted) {
  return {
    title: "System packages",
    undo: (setup) => {
      const names = installedByUs(setup);
      return names.length > 0
        ? `apt-get remove ${names.join(" ")} && apt-get autoremove`
        : "nothing was installed by Portico";
    },
    async plan() {
      if (!isDebian()) return programsMissing().length > 0 ? "see what is missing" : null;
      const missing = await missingNow(wanted);
      return missing.length > 0 ? `install ${missing.join(" ")}` : null;
    },
    async apply(setup) {
      if (!isDebian()) {
        throw new StepError(
          `Only Debian and Ubuntu are set up automatically. Install what provides ${programsMissing().join(", ")}, then run this again.`,
        );
      }
      const missing = await missingNow(wanted);
      if (!setup.isRoot) {
        throw new StepError(
          `Root rights are needed for this. Run:\n\n  sudo apt-get update && sudo apt-get ${installArgs.join(" ")} ${missing.join(" ")}\n\nthen run the same command again.`,
        );
      }
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      await show(["apt-get", "update", "-qq"], { env });
      const code = await show(["apt-get", ...installArgs, "-qq", ...missing], { env });
      if (code !== 0) throw new StepError(`apt-get ended with ${code}; its message is above.`);
      if (existsSync(setup.dataDir)) appendFileSync(recordOf(setup), `${missing.join("\n")}\n`);
    },
  };
}

/** Names of what we installed are kept, so that an undo removes that and nothing else. */
const recordOf = (setup) => join(setup.dataDir, "installed-packages");

function installedByUs(setup) {
  if (!existsSync(recordOf(setup))) return [];
  return readFileSync(recordOf(setup), "utf8")
    .split("\n")
    .filter((name) => name !== "");
}

async function missingNow(wanted) {
  const format = `-f=\${Package} \${db:Status-Status}\n`;
  const names = packagesFor(wanted, family());
  const listing = await capture(["dpkg-query", "-W", format, ...names]);
  return missingPackages(names, listing.stdout);
}

function programsMissing() {
  const programs = ["qemu-system-x86_64", "qemu-img", "libvirtd", "dnsmasq", "setfacl"];
  return programs.filter((name) => findProgram(name) === null);
}

const isDebian = () => family().includes("debian");

function family() {
  try {
    return osFamily(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return [];
  }
}
