import type { PrivateHost } from "../host/private-host";
import { eventually } from "./eventually";

/** libvirt's name of the only guest; throws when there is none or more than one. */
export async function onlyDomain(host: PrivateHost): Promise<string> {
  const names = (await host.virsh(["list", "--all", "--name"])).split("\n").filter(Boolean);
  const [name] = names;
  if (name === undefined || names.length !== 1) throw new Error(`guests: ${names.join(", ")}`);
  return name;
}

/** virsh's word for the guest's state: "running", "shut off". */
export async function domainState(host: PrivateHost, domain: string): Promise<string> {
  return (await host.virsh(["domstate", domain])).trim();
}

/** vCPUs of the running guest, or of its definition for the next start. */
export async function vcpuCount(
  host: PrivateHost,
  domain: string,
  which: "live" | "config",
): Promise<number> {
  return Number(await host.virsh(["vcpucount", domain, `--${which}`, "--current"]));
}

/** The balloon's size in KiB, as QEMU reports it. */
export async function balloonKib(host: PrivateHost, domain: string): Promise<number> {
  const actual = (await host.virsh(["dommemstat", domain])).match(/^actual (\d+)$/m)?.[1];
  if (actual === undefined) throw new Error("the balloon does not tell its size");
  return Number(actual);
}

/** Files in the pool's folder. */
export async function volumes(host: PrivateHost, pool: string): Promise<string[]> {
  const listed = await host.virsh(["vol-list", pool]);
  return listed
    .split("\n")
    .map((line) => line.trim().split(/\s+/)[0] ?? "")
    .filter((name) => name !== "");
}

async function agent(host: PrivateHost, domain: string, command: object): Promise<unknown> {
  const answer = await host.virsh([
    "qemu-agent-command",
    "--timeout",
    "5",
    domain,
    JSON.stringify(command),
  ]);
  return (JSON.parse(answer) as { return: unknown }).return;
}

/** Null for a process that the agent does not know: it is another one than it was begun by. */
function forgotten(error: unknown): null {
  if (String(error).includes("Invalid parameter 'pid'")) return null;
  throw error;
}

/** Starts a program inside the guest by its agent, and waits for no end of it; resolves to its id. */
export async function startInGuest(
  host: PrivateHost,
  domain: string,
  argv: string[],
): Promise<number> {
  const [path, ...arg] = argv;
  const { pid } = (await agent(host, domain, {
    execute: "guest-exec",
    arguments: { path, arg, "capture-output": true },
  })) as { pid: number };
  return pid;
}

/** Runs a program inside the guest by its agent; resolves to what it printed. */
export async function inGuest(host: PrivateHost, domain: string, argv: string[]): Promise<string> {
  const pid = await startInGuest(host, domain, argv);
  const said = await eventually(`${argv.join(" ")} in the guest`, async () => {
    const ask = { execute: "guest-exec-status", arguments: { pid } };
    const status = await agent(host, domain, ask).catch(forgotten);
    if (status === null) return null;
    const { exited, "out-data": out = "" } = status as { exited: boolean; "out-data"?: string };
    if (!exited) throw new Error("still running");
    return Buffer.from(out, "base64").toString();
  });
  if (said === null) throw new Error("the guest has started anew meanwhile");
  return said;
}

/** "frozen" or "thawed", as the guest's agent has it. */
export async function fsStatus(host: PrivateHost, domain: string): Promise<unknown> {
  return agent(host, domain, { execute: "guest-fsfreeze-status" });
}

/** Waits until the guest's agent answers: its system is up. */
export async function guestIsUp(host: PrivateHost, domain: string): Promise<void> {
  await eventually(
    "the guest's agent",
    () => agent(host, domain, { execute: "guest-ping" }),
    180_000,
  );
}
