import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTestProgram } from "../../scripts/lib/unpacked.mjs";
import { eventually } from "./eventually";
import { freePort } from "./free-port";

const run = promisify(execFile);
const examplesDir = join(import.meta.dirname, "..", "..", "docs", "examples");

export const proxyNames = ["nginx", "haproxy", "caddy"] as const;
export type ProxyName = (typeof proxyNames)[number];

/** A reverse proxy of the distribution, with TLS, by the configuration that docs/ recommends. */
export interface ReverseProxy {
  name: ProxyName;
  port: number;
  stop(): Promise<void>;
}

export interface ProxyPlace {
  /** Holds what it writes; the caller removes it. */
  dir: string;
  portalPort: number;
  /** By the configuration for a portal below /cloud. */
  below?: boolean;
  /** After which a connection without a byte is cut, in place of the minute recommended. */
  idleSeconds: number;
}

/** What the example says, and what stands in its place here. */
type Changes = [there: string, here: string][];

interface Recipe {
  /** At the root of its origin, and below a path. */
  examples: [root: string, below: string];
  listen(port: number, host: string): Changes[number];
  /** Files around the example, which is `site` there. */
  around: Record<string, string>;
  argv: string[];
}

const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((name) => `${name}_temp_path tmp_${name};`)
  .join(" ");

const recipes: Record<ProxyName, Recipe> = {
  nginx: {
    examples: ["nginx.conf", "below-a-path.nginx.conf"],
    listen: (port) => ["listen 443 ", `listen 127.0.0.1:${port} `],
    around: {
      "nginx.conf": `daemon off; pid nginx.pid; user root;
        events {} http { access_log off; ${temporary} include site; }`,
    },
    argv: ["-e", "stderr", "-p", ".", "-c", "nginx.conf"],
  },
  haproxy: {
    examples: ["haproxy.cfg", "below-a-path.haproxy.cfg"],
    listen: (port) => ["bind :443 ", `bind 127.0.0.1:${port} `],
    around: { "global.cfg": "global\n  maxconn 200\n" },
    argv: ["-db", "-f", "global.cfg", "-f", "site"],
  },
  caddy: {
    examples: ["Caddyfile", "below-a-path.Caddyfile"],
    listen: (port, host) => [`${host} {`, `https://localhost:${port} {`],
    around: {
      Caddyfile: `{
        admin off
        default_bind 127.0.0.1
        auto_https disable_redirects
        skip_install_trust
      }
      import site\n`,
    },
    argv: ["run", "--config", "Caddyfile", "--adapter", "caddyfile"],
  },
};

/** Makes a certificate for localhost, with its key in a file of its own and in one with it. */
export async function makeCertificate(dir: string): Promise<void> {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2"];
  await run("openssl", ["req", "-x509", ...key, ...names, ...files], { cwd: dir });
  const parts = await Promise.all(["cert.pem", "key.pem"].map((name) => readFile(join(dir, name))));
  await writeFile(join(dir, "both.pem"), Buffer.concat(parts));
}

/** Starts a proxy before the portal with the certificate that lies in `dir`. */
export async function startProxy(name: ProxyName, place: ProxyPlace): Promise<ReverseProxy> {
  const program = findTestProgram(name);
  if (program === null) throw new Error(`There is no ${name}: npm test -- --only e2e fetches it`);
  const { examples, listen, around, argv } = recipes[name];
  const [example, host] = place.below
    ? ([examples[1], "www.example.org"] as const)
    : ([examples[0], "cloud.example.org"] as const);
  const port = await freePort();
  const home = join(place.dir, name);
  await mkdir(home);
  const changes: Changes = [
    listen(port, host),
    ["127.0.0.1:3000", `127.0.0.1:${place.portalPort}`],
    ["60s", `${place.idleSeconds}s`],
    [`/etc/ssl/${host}.pem`, join(place.dir, name === "haproxy" ? "both.pem" : "cert.pem")],
  ];
  if (name !== "haproxy") changes.push([`/etc/ssl/${host}.key`, join(place.dir, "key.pem")]);
  const site = changed(await readFile(join(examplesDir, example), "utf8"), changes);
  for (const [file, text] of Object.entries({ ...around, site })) {
    await writeFile(join(home, file), text);
  }
  const child = spawn(program.path, argv, {
    cwd: home,
    env: { NODE_ENV: "test", PATH: process.env.PATH, HOME: home, ...program.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await untilListening(name, child, port);
  return {
    name,
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** The example as it stands in docs/, but for these words, each of which has to be in it. */
function changed(example: string, changes: Changes): string {
  return changes.reduce((text, [there, here]) => {
    if (!text.includes(there)) throw new Error(`"${there}" is not in the example`);
    return text.replaceAll(there, here);
  }, example);
}

async function untilListening(name: string, child: ChildProcess, port: number): Promise<void> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  await eventually(`${name}'s listening`, async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended:\n${said}`);
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
    } catch (cause) {
      throw new Error(`${name} does not listen:\n${said}`, { cause });
    } finally {
      socket.destroy();
    }
  });
}
