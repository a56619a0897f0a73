import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { keepCapabilities, recallCapabilities } from "./known-capabilities";

const execFileAsync = promisify(execFile);
const startDeadlineMs = 60_000;

export interface PrivateHostOptions {
  /** Becomes the host name inside; short, for unix socket paths end at 107 bytes. */
  name: string;
  /** User that QEMU runs as inside. Default: the distribution's libvirt-qemu, else root. */
  qemuUser?: string;
}

/** A libvirtd with QEMU, storage and network of its own, apart from the machine's. */
export interface PrivateHost {
  /** libvirt's socket, reachable from outside. */
  readonly socketPath: string;
  readonly uri: string;
  /** Everything the host writes; gone after `stop`. */
  readonly dir: string;
  /** For the guests' VNC sockets: the same path inside and outside. */
  readonly consoleDir: string;
  /** Where a path of the host's /etc/libvirt, /var/lib/libvirt or /run is seen from outside. */
  outside(path: string): string;
  /** Runs virsh against this host; resolves to its output, rejects with its error text. */
  virsh(args: string[]): Promise<string>;
  /** Runs a command inside the host's namespaces (its processes, its network). */
  inside(argv: string[]): Promise<string>;
  /** The command, changed to run with the host's files and devices, but in our network. */
  withItsFiles(argv: string[]): string[];
  /** Sends a deadly signal to libvirtd alone; guests go on. Resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts libvirtd again after `kill`, or ends it (SIGTERM) and starts it. */
  restart(): Promise<void>;
  /** Ends libvirtd, guests and networks, and removes the directory. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a private host. Needs root, util-linux, tini, iproute2, libvirt and QEMU.
 * It ends with this process even when `stop` is never called.
 * Throws an Error with the host's log when it does not come up within a minute.
 */
export async function startPrivateHost(options: PrivateHostOptions): Promise<PrivateHost> {
  const dir = await mkdtemp(join(tmpdir(), `portico-${options.name}-`));
  const consoleDir = join(dir, "vnc");
  const qemuUser = options.qemuUser ?? (await defaultQemuUser());
  await chmod(dir, 0o755);
  await mkdir(consoleDir);
  await chmod(consoleDir, 0o777);
  await recallCapabilities(join(dir, "cache"));

  const script = fileURLToPath(new URL("private-libvirtd.sh", import.meta.url));
  const namespaces = ["--mount", "--uts", "--net", "--pid", "--fork"];
  const shell = spawn("unshare", [...namespaces, "bash", script, dir, options.name, qemuUser], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const ended = once(shell, "exit");
  await untilReady(shell, dir);
  const initPid = await firstChild(shell.pid);

  const socketPath = join(dir, "run/libvirt/libvirt-sock");
  const uri = `qemu+unix:///system?socket=${socketPath}`;
  const pidFile = join(dir, "libvirtd.pid");

  const inside = async (argv: string[]): Promise<string> => {
    const enter = ["-t", String(initPid), "-m", "-u", "-n", "-p", "--"];
    return (await execFileAsync("nsenter", [...enter, ...argv], { maxBuffer: 64 << 20 })).stdout;
  };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    const pid = (await readFile(pidFile, "utf8")).trim();
    const untilGone = 'kill -s "$0" "$1" && while [ -d "/proc/$1" ]; do sleep 0.02; done';
    await inside(["sh", "-c", untilGone, signal.replace(/^SIG/, ""), pid]);
  };
  let stopping: Promise<void> | null = null;

  return {
    socketPath,
    uri,
    dir,
    consoleDir,
    inside,
    withItsFiles: (argv) => [
      "nsenter",
      ...["-t", String(initPid), "-m", `--wdns=${process.cwd()}`, "--"],
      ...argv,
    ],
    kill,
    outside: (path) => outsidePath(dir, path),
    virsh: async (args) =>
      (await execFileAsync("virsh", ["-q", "-c", uri, ...args], { maxBuffer: 64 << 20 })).stdout,
    restart: async () => {
      await kill("SIGTERM").catch(() => undefined);
      await inside(["libvirtd", "--daemon", "--pid-file", pidFile]);
    },
    stop: () => {
      stopping ??= (async () => {
        shell.stdin?.end();
        await ended;
        await keepCapabilities(join(dir, "cache"));
        await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      })();
      return stopping;
    },
  };
}

/** The bound directories of private-libvirtd.sh; other paths are the same on both sides. */
function outsidePath(dir: string, path: string): string {
  const bound: Record<string, string> = {
    "/etc/libvirt": "etc",
    "/var/lib/libvirt": "lib",
    "/var/cache/libvirt": "cache",
    "/var/log/libvirt": "log",
    "/run": "run",
  };
  for (const [prefix, name] of Object.entries(bound)) {
    if (path === prefix || path.startsWith(`${prefix}/`)) {
      return join(dir, name, path.slice(prefix.length));
    }
  }
  return path;
}

async function untilReady(shell: ChildProcess, dir: string): Promise<void> {
  let complaints = "";
  shell.stderr?.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4000);
  });
  const ready = new Promise<boolean>((resolve) => {
    if (shell.stdout === null) return resolve(false);
    const lines = createInterface({ input: shell.stdout });
    lines.on("line", (line) => line === "READY" && resolve(true));
    lines.on("close", () => resolve(false));
    shell.on("error", (error) => {
      complaints += error.message;
      resolve(false);
    });
    setTimeout(() => resolve(false), startDeadlineMs).unref();
  });
  if (await ready) return;
  shell.stdin?.end();
  shell.kill("SIGKILL");
  const read = (file: string) => readFile(join(dir, file), "utf8").catch(() => "");
  const log = `${complaints}\n${await read("libvirtd.out")}\n${await read("libvirtd.log")}`;
  await rm(dir, { recursive: true, force: true }).catch(() => undefined);
  throw new Error(`The private libvirtd did not start (root is needed):\n${log.slice(-4000)}`);
}

async function firstChild(pid: number | undefined): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  const child = Number(children.trim().split(" ")[0]);
  if (!Number.isInteger(child) || child <= 0) throw new Error("The private host has no process");
  return child;
}

async function defaultQemuUser(): Promise<string> {
  const users = await readFile("/etc/passwd", "utf8");
  return /^libvirt-qemu:/m.test(users) ? "libvirt-qemu" : "root";
}
