import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CliError } from "../cli-error";
import type { Command } from "../command";

export const doctor: Command = {
  path: ["doctor"],
  summary: "check this machine: CPU, KVM, libvirt, network, storage, rights",
  async run({ print }) {
    // From dist/cli; the same check as `npm run doctor`.
    const script = fileURLToPath(new URL("../../scripts/doctor.mjs", import.meta.url));
    const argv = [script, ...(print.json ? ["--json"] : [])];
    const child = spawn(process.execPath, argv, { stdio: "inherit" });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new CliError("The doctor found something to mend.");
  },
};
