import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type BuildOptions, build } from "esbuild";
import type { Admission, GeneratorAnswer, GeneratorRequest } from "./generator-messages";

const here = import.meta.dirname;
const root = join(here, "..", "..");
/** Below the project, for it takes npm packages from there. */
const portalProgram = join(root, "dist/bench/whole-portal.js");

/** A relay between a TCP port and the target's socket, running as a process of its own. */
export interface Relay {
  name: string;
  /** Whether it speaks WebSocket to its clients. */
  framed: boolean;
  pid: number;
  port: number;
  /** What its consoles ask for at the door; without it they ask for nothing. */
  admit?(count: number): Promise<Admission[]>;
  /** Throws away what nobody needs any more. */
  collect?(): Promise<void>;
  stop(): Promise<void>;
}

/** A way to start one; null when this machine cannot. */
interface Recipe {
  name: string;
  framed: boolean;
  admits?: boolean;
  command(port: number, path: string, folder: string): string[] | null;
}

function has(command: string): boolean {
  try {
    execFileSync("which", [command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const recipes = {
  ours: {
    name: "Portico",
    framed: true,
    command: (port, path, folder) => [process.execPath, join(folder, "ours.cjs"), `${port}`, path],
  },
  portal: {
    name: "Portico, whole",
    framed: true,
    admits: true,
    command: (port, path) => [process.execPath, "--expose-gc", portalProgram, `${port}`, path],
  },
  websockify: {
    name: "Python websockify",
    framed: true,
    command: (port, path) =>
      has("websockify") ? ["websockify", `--unix-target=${path}`, `127.0.0.1:${port}`] : null,
  },
  plainWs: {
    name: "ws package, piped",
    framed: true,
    command: (port, path, folder) => [
      process.execPath,
      join(folder, "plain-ws.cjs"),
      `${port}`,
      path,
    ],
  },
  relay: {
    name: has("gcc") ? "C copy relay (no WebSocket)" : "socat (no WebSocket)",
    framed: false,
    command: (port, path, folder) => relayCommand(port, path, folder),
  },
} satisfies Record<string, Recipe>;

function relayCommand(port: number, path: string, folder: string): string[] | null {
  if (has("gcc")) {
    const program = join(folder, "copy-relay");
    execFileSync("gcc", ["-O2", "-o", program, join(here, "copy-relay.c")]);
    return [program, `${port}`, path];
  }
  if (!has("socat")) return null;
  const listen = `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,nodelay`;
  return ["socat", "-b", "65536", listen, `UNIX-CONNECT:${path}`];
}

/**
 * Compiles the programs of the bench that run as processes of their own. The portal too, as what
 * ships is: tsx gives every closure a name of its own, of a quarter of a kibibyte.
 */
export async function buildPrograms(folder: string): Promise<void> {
  const common: BuildOptions = {
    bundle: true,
    platform: "node",
    target: "node20",
    tsconfigRaw: { compilerOptions: { paths: { "@/*": [join(root, "*")] } } },
    logLevel: "error",
  };
  await build({
    ...common,
    entryPoints: ["ours.ts", "plain-ws.ts", "generator.ts"].map((name) => join(here, name)),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    external: ["bufferutil", "utf-8-validate"],
  });
  await build({
    ...common,
    entryPoints: [join(here, "whole-portal.ts")],
    outfile: portalProgram,
    format: "esm",
    packages: "external",
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const open = await Promise.race([
    once(socket, "connect").then(() => true),
    once(socket, "error").then(
      () => false,
      () => false,
    ),
  ]).catch(() => false);
  socket.destroy();
  return open;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 2_000);
  await gone;
  clearTimeout(timer);
}

/** Starts a relay before the target; null when this machine has not got it. */
export async function startRelay(
  recipe: Recipe,
  path: string,
  folder: string,
): Promise<Relay | null> {
  const port = await freePort();
  const command = recipe.command(port, path, folder);
  const [program, ...args] = command ?? [];
  if (program === undefined) return null;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...portalSettings(folder) },
    stdio: "ignore",
  });
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`${recipe.name} did not start`);
    await delay(50);
  }
  const { name, framed, admits } = recipe;
  const once = { headers: { connection: "close" } };
  const admit = async (count: number): Promise<Admission[]> => {
    const answer = await fetch(`http://127.0.0.1:${port}/admissions?count=${count}`, once);
    if (!answer.ok) throw new Error(`${name} gives no tickets: ${await answer.text()}`);
    return (await answer.json()) as Admission[];
  };
  const relay: Relay = { name, framed, port, pid: child.pid ?? 0, stop: () => end(child) };
  const collect = async (): Promise<void> => {
    await fetch(`http://127.0.0.1:${port}/collect`, once);
  };
  return admits ? { ...relay, admit, collect } : relay;
}

/** Of a portal that is its own: nobody's database, and as it runs in production. */
function portalSettings(folder: string): Record<string, string> {
  return {
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    PORTICO_DATA: folder,
    NEXTAUTH_SECRET: "only-for-the-bench-".repeat(3),
  };
}

export interface Generator {
  ask(request: GeneratorRequest): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the process that plays target and browsers. */
export async function startGenerator(folder: string, path: string): Promise<Generator> {
  const child = fork(join(folder, "generator.cjs"));
  const ask = async (request: GeneratorRequest): Promise<number> => {
    const answered = once(child, "message");
    child.send(request);
    const [answer] = (await answered) as [GeneratorAnswer];
    if ("error" in answer) throw new Error(answer.error);
    return answer.value;
  };
  await ask({ op: "listen", path });
  return { ask, stop: () => end(child) };
}
