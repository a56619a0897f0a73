import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pagesDir } from "../../scripts/lib/pages-dir.mjs";
import { eventually } from "./eventually";
import { freePort } from "./free-port";
import { type Network, startNetwork } from "./network";

const root = join(import.meta.dirname, "..", "..");

export interface PortalOptions {
  /** Holds the portal's data and its log; the caller removes it. */
  dir: string;
  libvirtUri: string;
  consoleDir: string;
  env?: Record<string, string>;
  /** People come by https, through a proxy to which the network has yet to lead. */
  https?: boolean;
  /** The path of its origin that the portal is built to lie below, like "/cloud". */
  basePath?: string;
  /** Changes the portal's command: where else it runs. */
  command?: (argv: string[]) => string[];
}

/** The built portal as its own process, as `npm start` runs it after its set-up. */
export interface Portal {
  /** The near end of `network`. */
  origin: string;
  /** What people type: the origin, with the path below which the portal lies. */
  address: string;
  network: Network;
  /** Where it listens itself. */
  port: number;
  dataDir: string;
  pid(): number;
  /** Waits until the portal has printed the one-time link. */
  setupLink(): Promise<string>;
  start(): Promise<void>;
  /** SIGKILL unless another signal is given; waits until the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
  output(): string;
}

/** Starts a portal on a free port of its own and waits until it is ready. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const port = await freePort();
  const network = await startNetwork(port);
  const origin = options.https
    ? `https://localhost:${network.port}`
    : `http://127.0.0.1:${network.port}`;
  const { basePath = "" } = options;
  if (!existsSync(join(root, pagesDir(basePath), "BUILD_ID"))) {
    throw new Error("The pages are not built: npm test -- --only build builds them");
  }
  const dataDir = join(options.dir, "data");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = createWriteStream(join(options.dir, "portal.log"), { flags: "a" });
  let child: ChildProcess | null = null;
  let output = "";

  const portal: Portal = {
    origin,
    address: `${origin}${basePath}`,
    network,
    port,
    dataDir,
    pid: () => child?.pid ?? 0,
    output: () => output,
    async setupLink() {
      return eventually("the setup link", () => {
        const match = output.match(/https?:\/\/\S+\/setup\?token=[\w-]+/);
        if (!match) throw new Error(`no link in:\n${output}`);
        return match[0];
      });
    },
    async start() {
      output = "";
      const argv = [process.execPath, "dist/server.mjs"];
      const [program = "", ...args] = options.command?.(argv) ?? argv;
      const running = spawn(program, args, {
        cwd: root,
        env: {
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          NODE_ENV: "production",
          PORT: String(port),
          PORTICO_DATA: dataDir,
          PORTICO_ORIGIN: origin,
          PORTICO_BASE_PATH: basePath,
          PORTICO_LIBVIRT_URI: options.libvirtUri,
          PORTICO_CONSOLE_DIR: options.consoleDir,
          PORTICO_VIRT_TYPE: "qemu",
          ...options.env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = running;
      for (const stream of [running.stdout, running.stderr]) {
        stream.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          log.write(chunk);
        });
      }
      await eventually("the portal's readiness", async () => {
        if (running.exitCode !== null) throw new Error(`the portal ended:\n${output}`);
        const answer = await fetch(`http://127.0.0.1:${port}${basePath}/api/readyz`);
        if (!answer.ok) throw new Error(`readyz: ${answer.status} ${await answer.text()}`);
      });
    },
    async kill(signal = "SIGKILL") {
      const running = child;
      if (running === null || running.exitCode !== null || running.signalCode !== null) return;
      running.kill(signal);
      await once(running, "exit");
      child = null;
    },
    async stop() {
      await portal.kill("SIGTERM");
      await network.stop();
    },
  };
  await portal.start();
  return portal;
}
