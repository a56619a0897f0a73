import { isAbsolute } from "node:path";
import { openSshTunnel, type SshTunnel } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { bootIdOf } from "./boot-id";
import { linkOf } from "./link";
import { readRunning } from "./read-running";
import type { Host, LiveVm } from "./types";
import type { ParsedConsole, ParsedDomain } from "./xml/parse-domain";

export interface ConsoleEndpoint {
  /** Path of the VNC server's unix socket on the host's machine. */
  path: string;
  /** Opens a way to it where that is another machine; whoever opens it closes it. */
  tunnel?(signal: AbortSignal): Promise<SshTunnel>;
  /** Of the run of the guest that this endpoint belongs to. */
  bootId: string;
}

/**
 * Where the screen of a running guest is, from its live definition and nothing else. Throws
 * `vm.bad_state` when it is off, `host.unsupported` when it has no VNC on a unix socket, or one that
 * is out of reach: a console on a network address is never opened, whoever defined it.
 */
export async function consoleEndpoint(host: Host, uuid: string): Promise<ConsoleEndpoint> {
  assertScreensInReach(host);
  const { uri, isLocal } = linkOf(host);
  const { domain, id } = await readRunning(host, uuid);
  const path = socketPathOf(domain);
  if (isLocal) return { path, bootId: await bootIdOf(domain.uuid, id, path) };
  const tunnel = (signal: AbortSignal) => openSshTunnel(uri, path, signal);
  return { path, bootId: await bootIdOf(domain.uuid, id, null), tunnel };
}

/**
 * Throws `host.unsupported` for a host whose files cannot be reached: libvirt carries serial ports
 * over its own connection, but no screens.
 */
export function assertScreensInReach(host: Host): void {
  if (host.screensInReach !== false) return;
  throw new AppError({
    code: "host.unsupported",
    message: `screens of host ${host.id} are out of reach`,
    userMessage: { key: "vm.screen_out_of_reach" },
  });
}

/** The socket of the guest's VNC server. Throws `host.unsupported` on anything else. */
export function socketPathOf(domain: ParsedDomain): string {
  const screen = screenOf(domain.consoles);
  if (screen === "none") throw unsupported("the guest has no VNC server");
  const { socketPath = null } = vncOf(domain.consoles) ?? {};
  if (screen !== "socket" || socketPath === null || !isAbsolute(socketPath)) {
    throw unsupported("the guest's VNC server does not listen on a unix socket alone");
  }
  return socketPath;
}

/** Where the guest's VNC server is, also of a guest that is off: its path may yet be unknown then. */
export function screenOf(consoles: readonly ParsedConsole[]): LiveVm["screen"] {
  const vnc = vncOf(consoles);
  if (vnc === undefined) return "none";
  return vnc.listen === "socket" ? "socket" : "address";
}

const vncOf = (consoles: readonly ParsedConsole[]) => consoles.find(({ type }) => type === "vnc");

function unsupported(message: string): AppError {
  return new AppError({ code: "host.unsupported", message, details: { reason: message } });
}
