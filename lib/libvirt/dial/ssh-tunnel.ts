import { spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { protocolError, unreachable } from "../errors";
import type { LibvirtUri } from "../uri";
import { bareHost } from "./host";
import { sshCommand } from "./ssh";

const MAX_COMPLAINT_CHARS = 2_000;

/** A way to a unix socket of another machine, through an ssh process of its own. */
export interface SshTunnel {
  /** The near end: a socket on this machine that only we may open. */
  readonly path: string;
  /** What ssh has said, such as why the far end could not be opened. */
  complaint(): string;
  /** Ends ssh, and with it all that goes through. */
  close(): void;
}

/**
 * Forwards a socket on this machine to the one at `socketPath` on the URI's host, in the way that
 * libvirt is reached there. ssh itself opens the far end, so that no program is needed there; what
 * runs is a `cat` that ends with us, however we end, and tells by its first word that the way is
 * open. Rejects with `unreachable` and ssh's words, with `protocol` for a path that ssh would not
 * take as it is, or with the signal's reason.
 */
export async function openSshTunnel(
  uri: LibvirtUri,
  socketPath: string,
  signal: AbortSignal,
): Promise<SshTunnel> {
  signal.throwIfAborted();
  const far = forwardedPath(socketPath);
  const folder = await fs.mkdtemp(join(tmpdir(), "portico-ssh-"));
  const path = join(folder, "s");
  // A master of the user's settings would hold the way open when we are gone.
  const options = ["ControlPath=none", "ExitOnForwardFailure=yes", "ServerAliveInterval=15"];
  const more = [...options.flatMap((option) => ["-o", option]), "-L", `${path}:${far}`];
  const child = spawn("ssh", sshCommand(uri, more, "echo open && exec cat"), {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-MAX_COMPLAINT_CHARS);
  });
  child.stdin.on("error", () => undefined);
  const removed = () => void fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);
  child.once("close", removed);
  child.once("error", removed);
  const name = `ssh to ${bareHost(uri)}`;
  await new Promise<void>((resolve, reject) => {
    const settle = (action: () => void) => {
      signal.removeEventListener("abort", onAbort);
      action();
    };
    const onAbort = () => {
      child.kill();
      settle(() => reject(signal.reason));
    };
    signal.addEventListener("abort", onAbort);
    child.stdout.once("data", () => settle(resolve));
    child.once("error", (error) =>
      settle(() => reject(unreachable(`${name} could not be started`, error))),
    );
    child.once("close", (status) => {
      const said = complaint.trim() || `it ended with status ${status}`;
      settle(() => reject(unreachable(name, said)));
    });
  });
  child.stdout.resume();
  return { path, complaint: () => complaint.trim(), close: () => void child.kill() };
}

/** A path as ssh reads it in a forwarding: `:` ends it, `%` and `${` are replaced. */
function forwardedPath(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
  if (!path.startsWith("/") || /[\x00-\x1f\x7f]|\$\{/.test(path)) {
    throw protocolError(`ssh cannot forward to the socket ${JSON.stringify(path)}`);
  }
  return path.replaceAll("%", "%%").replace(/[\\:[\]]/g, "\\$&");
}
