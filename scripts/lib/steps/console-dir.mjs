import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { capture } from "../run.mjs";
import { StepError } from "../steps.mjs";

/** Room for a guest's name and ".sock" within the 107 bytes of a socket's path. */
const longestDir = 80;

/**
 * The folder of the guests' VNC sockets. Only two may enter: QEMU's user, who makes the sockets,
 * and the portal's user, who connects. For root it belongs to QEMU's user. For a member of group
 * libvirt it is the member's, and an access control list lets QEMU in and gives the member access
 * to every socket made there (libvirt starts QEMU with umask 002, so the list takes effect).
 */
export const consoleDir = {
  title: "Folder of the console sockets",
  undo: "remove the folder when no guest runs (/var/lib/portico-consoles or /var/tmp/portico-consoles-<uid>)",
  async plan(setup) {
    if (setup.consoleDir === "") return null;
    return (await isReady(setup)) ? null : `make ${setup.consoleDir}`;
  },
  async apply(setup) {
    const path = setup.consoleDir;
    if (path.length > longestDir) {
      throw new StepError(
        `${path} is too long for sockets; set PORTICO_CONSOLE_DIR to a short path.`,
      );
    }
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const found = lstatSync(path);
    const expected = ownerOf(setup);
    if (!found.isDirectory() || (found.uid !== setup.uid && found.uid !== expected.uid)) {
      throw new StepError(
        `${path} belongs to somebody else. Remove it or set PORTICO_CONSOLE_DIR.`,
      );
    }
    chmodSync(path, 0o700);
    if (setup.isRoot) chownSync(path, expected.uid, expected.gid);
    if (needsAcl(setup)) {
      const set = await capture(["setfacl", "-m", aclOf(setup), path]);
      if (set.code !== 0) throw new StepError(`setfacl: ${set.stderr.trim()}`);
    }
  },
};

const needsAcl = (setup) => setup.mode === "system" && !setup.isRoot && setup.qemuUser !== "root";

/**
 * Entries for setfacl: QEMU's user may enter and make sockets, the portal's user may use them,
 * nobody else gets anything.
 * @param {{ uid: number, qemuUser: string | null }} setup
 */
export function aclOf({ uid, qemuUser }) {
  const both = [`u:${qemuUser}:rwx`, `u:${uid}:rwx`, "g::---", "o::---"];
  return [...both, ...both.map((entry) => `d:${entry}`)].join(",");
}

/** Root gives the folder to QEMU's user; anybody else keeps it. */
function ownerOf(setup) {
  const own = { uid: setup.uid, gid: process.getgid?.() ?? 0 };
  if (!setup.isRoot || setup.qemuUser === null) return own;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${setup.qemuUser}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined ? own : { uid: Number(uid), gid: Number(gid) };
}

async function isReady(setup) {
  let found;
  try {
    found = lstatSync(setup.consoleDir);
  } catch {
    return false;
  }
  if (!found.isDirectory() || found.uid !== ownerOf(setup).uid) return false;
  if (!needsAcl(setup)) return (found.mode & 0o777) === 0o700;
  const listed = await capture(["getfacl", "-cpE", setup.consoleDir]);
  return [`user:${setup.qemuUser}:rwx`, `default:user:${setup.qemuUser}:rwx`].every((entry) =>
    listed.stdout.includes(entry),
  );
}
