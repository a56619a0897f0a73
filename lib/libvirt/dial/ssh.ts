import { spawn } from "node:child_process";
import { Duplex } from "node:stream";
import { LibvirtError, protocolError, unreachable } from "../errors";
import type { LibvirtUri } from "../uri";
import { bareHost } from "./host";

const MAX_STDERR_CHARS = 2_000;
const CONNECT_TIMEOUT_S = 10;

/**
 * Connects through the system's ssh, with its keys, agent and known hosts. It never asks: a missing
 * key or an unknown host fails at once, and what ssh said about it becomes the error.
 */
export async function dialSsh(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  const child = spawn("ssh", sshArguments(uri), { stdio: ["pipe", "pipe", "pipe"] });
  const pipe = Duplex.from({ readable: child.stdout, writable: child.stdin });
  let complaint = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    complaint = (complaint + text).slice(-MAX_STDERR_CHARS);
  });
  child.on("error", (error) => pipe.destroy(unreachable("ssh could not be started", error)));
  child.on("close", (status) => {
    const said = complaint.trim() || `it ended with status ${status}`;
    pipe.destroy(new LibvirtError("unreachable", `ssh to ${bareHost(uri)}: ${said}`));
  });
  pipe.on("close", () => child.kill());
  return pipe;
}

/** No shell is involved on this side, and nothing after `--` can be taken for an option. */
export function sshArguments(uri: LibvirtUri): string[] {
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
    "--",
    bareHost(uri),
    `sh -c ${quote(remoteScript(uri))}`,
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
