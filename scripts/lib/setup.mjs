import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Who runs Portico, against which libvirt, and where its files are.
 * @typedef {object} Setup
 * @property {"system" | "session" | "elsewhere"} mode system: the machine's libvirtd; session:
 *   one of this user's own; elsewhere: a URI that is not ours to set up
 * @property {boolean} isRoot
 * @property {boolean} systemd
 * @property {string} uri
 * @property {number} uid
 * @property {string} dataDir
 * @property {string} consoleDir "" when libvirt chooses the place of its sockets
 * @property {string} basePath the path of its origin that the portal lies below; "" at the root
 * @property {string | null} qemuUser the account that QEMU runs as in system mode
 */

/**
 * Decides the mode. A member of group libvirt may use the machine's libvirtd; anyone else has
 * guests of their own.
 * @param {{ isRoot: boolean, inLibvirtGroup: boolean, uri: string | undefined }} who
 * @returns {Setup["mode"]}
 */
export function chooseMode({ isRoot, inLibvirtGroup, uri }) {
  if (uri === "qemu:///system") return "system";
  if (uri === "qemu:///session") return "session";
  if (uri !== undefined && uri !== "") return "elsewhere";
  return isRoot || inLibvirtGroup ? "system" : "session";
}

/**
 * Where the guests' VNC sockets go: a place that both QEMU's user and the portal's may enter,
 * that outlives a reboot, and whose path leaves room within the 107 bytes of a socket's path.
 * @param {{ mode: Setup["mode"], isRoot: boolean, uid: number, dataDir: string }} who
 */
export function chooseConsoleDir({ mode, isRoot, uid, dataDir }) {
  if (mode === "elsewhere") return "";
  if (mode === "system") {
    return isRoot ? "/var/lib/portico-consoles" : `/var/tmp/portico-consoles-${uid}`;
  }
  const own = join(dataDir, "consoles");
  return own.length <= 70 ? own : `/var/tmp/portico-consoles-${uid}`;
}

/**
 * The line of a group in /etc/group: its number and members.
 * @param {string} groupFile
 * @param {string} name
 * @returns {{ gid: number, members: string[] } | null}
 */
export function groupOf(groupFile, name) {
  const line = groupFile.split("\n").find((candidate) => candidate.startsWith(`${name}:`));
  if (line === undefined) return null;
  const [, , gid, members = ""] = line.split(":");
  return { gid: Number(gid), members: members.split(",").filter((member) => member !== "") };
}

/** @returns {Setup} the set-up of this process, from its environment and rights */
export function readSetup() {
  const uid = process.getuid?.() ?? 0;
  const isRoot = uid === 0;
  const group = groupOf(readText("/etc/group"), "libvirt");
  const inLibvirtGroup = group !== null && (process.getgroups?.() ?? []).includes(group.gid);
  const mode = chooseMode({ isRoot, inLibvirtGroup, uri: process.env.PORTICO_LIBVIRT_URI });
  const share = process.env.XDG_DATA_HOME || join(homedir(), ".local", "share");
  const dataDir =
    process.env.PORTICO_DATA || (isRoot ? "/var/lib/portico" : join(share, "portico"));
  return {
    mode,
    isRoot,
    uid,
    systemd: existsSync("/run/systemd/system"),
    uri: process.env.PORTICO_LIBVIRT_URI || `qemu:///${mode}`,
    dataDir,
    consoleDir: process.env.PORTICO_CONSOLE_DIR || chooseConsoleDir({ mode, isRoot, uid, dataDir }),
    basePath: process.env.PORTICO_BASE_PATH ?? "",
    // Asked late: the account appears with the packages.
    get qemuUser() {
      return mode === "system" ? qemuUserOf(readText("/etc/passwd"), qemuConf()) : null;
    },
  };
}

/**
 * Sentences a person should read before anything happens.
 * @param {Setup} setup
 * @returns {string[]}
 */
export function describeSetup(setup) {
  if (setup.mode === "system") {
    return [`Portico will drive this machine's libvirt (${setup.uri}).`];
  }
  if (setup.mode === "elsewhere")
    return [`Portico will drive ${setup.uri}; this machine stays as it is.`];
  const lines = [
    `You are neither root nor a member of group libvirt, so guests will be your own (${setup.uri}):`,
    "they have user-mode networking, that is, they reach the network and nothing reaches them.",
  ];
  const listed = groupOf(readText("/etc/group"), "libvirt")?.members ?? [];
  if (listed.includes(process.env.USER ?? "")) {
    lines.push(
      "You are listed in group libvirt, but this login is older than that: log in again to use it.",
    );
  }
  return lines;
}

/**
 * The user that libvirt runs QEMU as: its setting, else the distribution's account, else root.
 * @param {string} passwd text of /etc/passwd
 * @param {string} conf text of qemu.conf, "" when it cannot be read
 */
export function qemuUserOf(passwd, conf) {
  const set = conf.match(/^\s*user\s*=\s*"([^"]+)"/m)?.[1];
  if (set !== undefined) return set.replace(/^\+/, "");
  return /^libvirt-qemu:/m.test(passwd) ? "libvirt-qemu" : "root";
}

const qemuConf = () => readText("/etc/libvirt/qemu.conf");

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
