import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";

/** Rights of a path; null when it does not exist or cannot be looked at. */
export interface Rights {
  /** Permission bits, 0o700 for example. */
  mode: number;
  uid: number;
}

export interface DataFacts {
  path: string;
  folder: Rights | null;
  secretsPath: string;
  secrets: Rights | null;
  ownUid: number;
}

/** Whether the data folder and its secrets are the portal's alone. */
export function checkData(facts: DataFacts): DoctorCheck {
  const { path, folder, secretsPath, secrets, ownUid } = facts;
  if (folder === null) return line("data", "warn", "missing", { path }, "npm start -- --setup");
  if (folder.uid !== ownUid) {
    const fix = `sudo chown -R "$(id -un)" '${path}'`;
    return line("data", "fail", "foreign", { path }, fix);
  }
  if ((folder.mode & 0o077) !== 0) {
    return line("data", "fail", "open", { path, mode: octal(folder.mode) }, `chmod 700 '${path}'`);
  }
  if (secrets !== null && (secrets.mode & 0o177) !== 0) {
    const values = { path: secretsPath, mode: octal(secrets.mode) };
    return line("data", "fail", "open", values, `chmod 600 '${secretsPath}'`);
  }
  return line("data", "ok", "closed", { path });
}

export interface ConsoleFacts {
  /** Null when libvirt chooses the place. */
  path: string | null;
  folder: Rights | null;
  ownUid: number;
  /** The account of QEMU; null in session mode, where it is our own. */
  qemu: { name: string; uid: number } | null;
  /** What getfacl prints, "" when there is no list. */
  acl: string;
}

/** Whether QEMU can make its VNC sockets, the portal can open them, and nobody else can. */
export function checkConsoles({ path, folder, ownUid, qemu, acl }: ConsoleFacts): DoctorCheck {
  if (path === null) return line("consoles", "ok", "libvirt");
  const setup = ownUid === 0 ? "sudo npm start -- --setup" : "npm start -- --setup";
  if (folder === null) return line("consoles", "fail", "missing", { path }, setup);
  if ((folder.mode & 0o007) !== 0) {
    return line(
      "consoles",
      "fail",
      "open",
      { path, mode: octal(folder.mode) },
      `chmod o= '${path}'`,
    );
  }
  const qemuMayWrite = qemu === null ? folder.uid === ownUid : mayWrite(qemu, folder, acl);
  const portalMayEnter = ownUid === 0 || folder.uid === ownUid;
  if (!qemuMayWrite || !portalMayEnter) {
    return line("consoles", "fail", "locked", { path, user: qemu?.name ?? "QEMU" }, setup);
  }
  return line("consoles", "ok", "ready", { path });
}

function mayWrite(qemu: { name: string; uid: number }, folder: Rights, acl: string): boolean {
  if (qemu.uid === 0 || folder.uid === qemu.uid) return true;
  return acl.split("\n").some((entry) => entry.startsWith(`user:${qemu.name}:rwx`));
}

const octal = (mode: number): string => mode.toString(8).padStart(3, "0");
