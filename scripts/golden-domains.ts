/**
 * Writes the domain files that the tests of definitions read: `npx tsx scripts/golden-domains.ts`.
 * They are what virt-install itself prints for guests as people have them, on a libvirtd of our own.
 * Names, UUIDs and addresses are fixed, so that a second run changes nothing. Needs root and virtinst.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startPrivateHost } from "@/e2e/host/private-host";
import { type GoldenDomain, goldenDomains } from "./lib/golden-domains";

const folder = join(import.meta.dirname, "../lib/hypervisor/xml/golden/virt-install");
const run = promisify(execFile);

/** The same digits for the same text, for what virt-install would draw by lot. */
function digits(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function uuidOf(name: string): string {
  const hex = digits(name);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

function withFixedMacs(name: string, xml: string): string {
  let nth = 0;
  return xml.replace(/<mac address="[^"]*"/g, () => {
    const hex = digits(`${name} ${nth++}`);
    return `<mac address="52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}"`;
  });
}

async function print(uri: string, { name, options, after }: GoldenDomain): Promise<string> {
  const argv = ["--connect", uri, "--virt-type", "qemu", "--name", `g-${name}`];
  argv.push("--uuid", uuidOf(name), "--memory", "512", "--import", "--noautoconsole");
  if (!options.includes("--osinfo")) argv.push("--osinfo", "detect=off,require=off");
  for (const [option, value] of Object.entries(defaults)) {
    if (!options.includes(option)) argv.push(option, value);
  }
  const { stdout } = await run("virt-install", [...argv, ...options, "--dry-run", "--print-xml"]);
  return after(`${withFixedMacs(name, stdout).trimEnd()}\n`);
}

const defaults = { "--disk": "none", "--network": "network=default" };

const host = await startPrivateHost({ name: "golden" });
try {
  for (const domain of goldenDomains) {
    await writeFile(join(folder, `${domain.name}.xml`), await print(host.uri, domain));
    console.log(domain.name);
  }
} finally {
  await host.stop();
}
