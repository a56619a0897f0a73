import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { VirtTypeFinding } from "@/lib/model/host";
import type { HostLink } from "./link";
import { attribute, childrenOf, find, textOf } from "./xml/query";
import { parseXml } from "./xml/tree";

const DEVICE = "/dev/kvm";
const QEMU = "qemu-system-x86_64";
const TRY_DEADLINE_MS = 15_000;
const CAPABILITIES_DEADLINE_MS = 60_000;

/** The numeric user and group that QEMU runs as. */
export interface QemuIds {
  uid: number;
  gid: number;
}

/** What the daemon itself says about its guests' user; null when it does not say. */
export async function qemuIds(link: HostLink): Promise<QemuIds | null> {
  const { capabilities } = await link.call(
    "connectGetCapabilities",
    {},
    { deadlineMs: CAPABILITIES_DEADLINE_MS },
  );
  const models = childrenOf(find(parseXml(capabilities), "host"), "secmodel");
  const dac = models.find((model) => textOf(find(model, "model")) === "dac");
  const labels = childrenOf(dac ?? null, "baselabel");
  const label = labels.find((each) => attribute(each, "type") === "kvm") ?? labels[0] ?? null;
  const ids = textOf(label)?.match(/^\+?(\d+):\+?(\d+)$/);
  return ids ? { uid: Number(ids[1]), gid: Number(ids[2]) } : null;
}

/**
 * Starts a QEMU without a guest system under KVM, lets it run and ends it: the device node, the
 * right to open it and the capability bits all promise more than some machines hold.
 * `ids` is the user to try it as, null for the user of this process.
 */
export async function tryKvm(
  ids: QemuIds | null,
): Promise<Pick<VirtTypeFinding, "reason" | "detail">> {
  try {
    await access(DEVICE, constants.F_OK);
  } catch {
    return { reason: "no_device", detail: `${DEVICE} does not exist` };
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && ids !== null && ids.uid !== process.getuid?.()) {
    return { reason: "not_checked", detail: "only root can try KVM as the user of the guests" };
  }
  const command = ids !== null && isRoot ? asUser(ids) : [QEMU];
  const outcome = await runQemu([...command, ...arguments_]);
  if (outcome.works) return { reason: "works", detail: "" };
  const denied = /permission denied/i.test(outcome.detail);
  return { reason: denied ? "no_permission" : "probe_failed", detail: outcome.detail };
}

/** With the user's supplementary groups, as libvirt starts it: often `kvm` is one of them. */
function asUser(ids: QemuIds): string[] {
  return ["setpriv", `--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--init-groups", "--", QEMU];
}

const arguments_ = [
  ..."-accel kvm -cpu host -machine q35 -m 32 -nodefaults -no-user-config".split(" "),
  ..."-display none -qmp stdio".split(" "),
];

interface QemuOutcome {
  works: boolean;
  detail: string;
}

/** Works when, a moment after its vCPU began to run, QEMU still says that it runs. */
function runQemu(command: string[]): Promise<QemuOutcome> {
  const [program = QEMU, ...rest] = command;
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TRY_DEADLINE_MS,
      killSignal: "SIGKILL",
      cwd: "/",
    });
    let output = "";
    let errors = "";
    let works = false;
    child.on("error", (error) => resolve({ works: false, detail: error.message }));
    child.stdin.on("error", () => undefined);
    child.stderr.on("data", (chunk) => {
      errors = (errors + String(chunk)).slice(0, 2000);
    });
    child.stdout.on("data", (chunk) => {
      output = (output + String(chunk)).slice(-4000);
      if (/"status": "running"/.test(output)) {
        works = true;
        child.stdin.write('{"execute":"quit"}\n');
      } else if (/"status": "/.test(output)) {
        child.stdin.write('{"execute":"quit"}\n');
      }
    });
    child.on("close", (code, signal) => {
      const ended = signal === null ? `QEMU ended with ${code}` : `QEMU was stopped by ${signal}`;
      resolve({ works: works && code === 0, detail: errors.trim() || ended });
    });
    child.stdin.write('{"execute":"qmp_capabilities"}\n');
    setTimeout(() => child.stdin.write('{"execute":"query-status"}\n'), 500).unref();
  });
}
