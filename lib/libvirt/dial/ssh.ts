import { spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { protocolError } from "../errors";
import type { LibvirtUri } from "../uri";
import { ChildPipe } from "./child-pipe";
import { bareHost } from "./host";

const CONNECT_TIMEOUT_S = 10;

/**
 * Connects through the system's ssh, with its keys, agent and known hosts. It never asks: a missing
 * key or an unknown host fails at once, and what ssh said about it becomes the error. That ssh is
 * through shows only by the daemon's first answer.
 */
export async function dialSsh(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  const child = spawn("ssh", sshArguments(uri), { stdio: ["pipe", "pipe", "pipe"] });
  return new ChildPipe(child, `ssh to ${bareHost(uri)}`);
}

/** How libvirt is reached. */
export function sshArguments(uri: LibvirtUri): string[] {
  return sshCommand(uri, [], remoteScript(uri));
}

/**
 * What ssh is told, to run a script there. No shell is involved on this side, and nothing after
 * `--` can be taken for an option.
 */
export function sshCommand(uri: LibvirtUri, more: readonly string[], script: string): string[] {
  const options = ["BatchMode=yes", `ConnectTimeout=${CONNECT_TIMEOUT_S}`];
  if (!uri.verify) options.push("StrictHostKeyChecking=no");
  if (uri.knownHostsFile !== null) options.push(`UserKnownHostsFile=${uri.knownHostsFile}`);
  return [
    "-T",
    "-e",
    "none",
    ...options.flatMap((option) => ["-o", option]),
    ...(uri.port === null ? [] : ["-p", String(uri.port)]),
    ...(uri.user === null ? [] : ["-l", uri.user]),
    ...(uri.keyFile === null ? [] : ["-i", uri.keyFile]),
    ...more,
    "--",
    bareHost(uri),
    `sh -c ${quote(script)}`,
  ];
}

function remoteScript(uri: LibvirtUri): string {
  const helper = `exec virt-ssh-helper ${quote(uri.name)}`;
  const netcat = `exec nc -U ${quote(uri.socket ?? remoteSocket(uri))}`;
  if (uri.proxy === "native") return helper;
  if (uri.proxy === "netcat" || uri.socket !== null) return netcat;
  return `if command -v virt-ssh-helper >/dev/null 2>&1; then ${helper}; else ${netcat}; fi`;
}

function remoteSocket(uri: LibvirtUri): string {
  if (!uri.session) return "/run/libvirt/libvirt-sock";
  throw protocolError(`the URI "${uri.text}" needs proxy=native or a socket`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
