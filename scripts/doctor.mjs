// npm run doctor: looks at this machine and says, line by line, what is fine, what is not, and
// the command that mends it. Changes nothing. Exit code 1 when something is broken.
//   --json   the report as the admin page gets it
import { doctorLines } from "./lib/doctor-lines.mjs";
import { loadTs } from "./lib/load-ts.mjs";
import { main } from "./lib/main.mjs";
import { messages } from "./lib/messages.mjs";
import { root } from "./lib/run.mjs";
import { note } from "./lib/say.mjs";
import { readSetup } from "./lib/setup.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { StepError } from "./lib/steps.mjs";

process.chdir(root);
await main(async () => {
  const setup = readSetup();
  for (const step of [nodeVersion, npmPackages]) {
    if (step.plan(setup) !== null) await step.apply(setup);
  }
  const virtTypeSetting = process.env.PORTICO_VIRT_TYPE || "auto";
  if (!["auto", "kvm", "qemu"].includes(virtTypeSetting)) {
    throw new StepError(`PORTICO_VIRT_TYPE=${virtTypeSetting}: must be auto, kvm or qemu.`);
  }
  const { runDoctor } = await loadTs("lib/hypervisor/doctor/run-doctor.ts");
  const report = await runDoctor({
    uri: setup.uri,
    dataDir: setup.dataDir,
    consoleDir: setup.consoleDir || null,
    virtTypeSetting,
  });
  if (process.argv.includes("--json")) note(JSON.stringify(report, null, 2));
  else for (const line of doctorLines(report, messages("doctor"))) note(line);
  process.exitCode = report.status === "fail" ? 1 : 0;
});
