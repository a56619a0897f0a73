import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";

/**
 * A text that is the same during one run of a guest and another for every start, whichever portal
 * asks and however often the portal or libvirtd restart in between.
 *
 * libvirt's own number (`<domain id>`) survives a restart of the daemon, but counts from 1 again
 * when the daemon starts with no guest running. QEMU makes its VNC socket anew at each start, so
 * on this machine the socket's inode and time of creation are added; a modification time, because
 * a change of owner or mode does not move it. Of a remote host only libvirt's number is known.
 */
export async function bootIdOf(
  uuid: string,
  id: number,
  localSocketPath: string | null,
): Promise<string> {
  const socket = localSocketPath === null ? "" : await socketMark(localSocketPath);
  return createHash("sha256").update(`${uuid}/${id}/${socket}`).digest("base64url").slice(0, 22);
}

async function socketMark(path: string): Promise<string> {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true });
    return `${ino}/${mtimeNs}`;
  } catch {
    // Gone, or not ours to see; then nobody can open a console on it either.
    return "";
  }
}
