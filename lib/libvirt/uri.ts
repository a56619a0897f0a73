import { LibvirtError } from "./errors";

export type Transport = "unix" | "tcp" | "tls" | "ssh";

/** A libvirt connection URI, taken apart and checked. */
export interface LibvirtUri {
  /** As it was written. */
  text: string;
  /** qemu, test, lxc … */
  driver: string;
  transport: Transport;
  /** Null for the daemon of this machine. */
  host: string | null;
  port: number | null;
  user: string | null;
  /** What the daemon is asked to open: the URI without transport, host and our parameters. */
  name: string;
  /** True for the daemon of one user instead of the system's. */
  session: boolean;
  /** Path of the daemon's unix socket, here or on the ssh host. */
  socket: string | null;
  /** ssh: private key and known-hosts file; tls: folder of cacert, clientcert and clientkey. */
  keyFile: string | null;
  knownHostsFile: string | null;
  pkiPath: string | null;
  /** ssh: by libvirt's helper on the other side, by netcat, or whichever is there. */
  proxy: "auto" | "native" | "netcat";
  /** False: the peer's identity is not checked. */
  verify: boolean;
  /** True when what travels can be read or forged on the way. */
  insecure: boolean;
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const USER = /^[a-z0-9_][a-z0-9_.-]*\$?$/i;
const SAFE_PATH = /^\/[\w./@+,:=-]+$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const TRANSPORTS: readonly string[] = ["unix", "tcp", "tls", "ssh"] satisfies Transport[];
/** Parameters for the way to the daemon; all others are for its driver and travel on. */
const OUR_PARAMETERS = new Set(
  "socket keyfile known_hosts pkipath no_verify proxy name mode no_tty no_sanity".split(" "),
);
/** What other clients take and we do not: to ignore it would be to connect in another way. */
const UNKNOWN_HERE = "command netcat auth sshauth tls_priority known_hosts_verify binary".split(
  " ",
);

/**
 * Takes a URI such as `qemu:///system`, `qemu+ssh://root@host/system?keyfile=/path` or
 * `qemu+unix:///system?socket=/path` apart. Throws `protocol` with a sentence that a person can
 * act on. Names that a shell or ssh could take for something else are refused here.
 */
export function parseUri(text: string): LibvirtUri {
  const url = URL.canParse(text) ? new URL(text) : bad(text, "it is not a URI");
  const [driver = "", named] = url.protocol.slice(0, -1).split("+", 2);
  if (!/^[a-z]+$/.test(driver)) bad(text, "it does not name a driver");
  if (url.password !== "") bad(text, "a password does not belong into it");
  const host = url.hostname === "" ? null : url.hostname;
  const transport = transportOf(text, named, host);
  const user = url.username === "" ? null : url.username;
  if (host !== null && !HOST.test(host)) bad(text, `"${host}" is not a host name`);
  if (user !== null && !USER.test(user)) bad(text, `"${user}" is not a user name`);
  if (transport !== "unix" && host === null) bad(text, `${transport} needs a host`);
  if (transport === "unix" && host !== null) bad(text, "a unix socket has no host");

  const query = url.searchParams;
  const unknown = UNKNOWN_HERE.find((name) => query.has(name));
  if (unknown !== undefined) bad(text, `"${unknown}" is not supported here`);
  const verify = query.get("no_verify") !== "1";
  const path = url.pathname === "" ? "/" : url.pathname;
  return {
    text,
    driver,
    transport,
    host,
    port: url.port === "" ? null : Number(url.port),
    user,
    name: query.get("name") ?? `${driver}://${path}${theirParameters(query)}`,
    session: path === "/session",
    socket: pathParameter(text, query, "socket"),
    keyFile: pathParameter(text, query, "keyfile"),
    knownHostsFile: pathParameter(text, query, "known_hosts"),
    pkiPath: pathParameter(text, query, "pkipath"),
    proxy: proxyOf(text, query.get("proxy")),
    verify,
    insecure: !verify || (transport === "tcp" && host !== null && !LOOPBACK.test(host)),
  };
}

function transportOf(text: string, named: string | undefined, host: string | null): Transport {
  if (named === undefined) return host === null ? "unix" : "tls";
  return isTransport(named) ? named : bad(text, `"${named}" is not a transport`);
}

function isTransport(name: string): name is Transport {
  return TRANSPORTS.includes(name);
}

function proxyOf(text: string, proxy: string | null): LibvirtUri["proxy"] {
  if (proxy === null || proxy === "auto") return "auto";
  if (proxy === "native" || proxy === "netcat") return proxy;
  return bad(text, `"${proxy}" is not a way through ssh`);
}

function pathParameter(text: string, query: URLSearchParams, name: string): string | null {
  const path = query.get(name);
  if (path !== null && !SAFE_PATH.test(path)) bad(text, `${name} must be a plain absolute path`);
  return path;
}

function theirParameters(query: URLSearchParams): string {
  const theirs = new URLSearchParams([...query].filter(([name]) => !OUR_PARAMETERS.has(name)));
  return theirs.size === 0 ? "" : `?${theirs}`;
}

function bad(text: string, why: string): never {
  throw new LibvirtError("protocol", `The libvirt URI "${text}" cannot be used: ${why}.`);
}
