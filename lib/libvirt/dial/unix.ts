import { connect } from "node:net";
import { homedir, userInfo } from "node:os";
import type { Duplex } from "node:stream";
import { unreachable } from "../errors";
import type { LibvirtUri } from "../uri";
import { established } from "./established";

/** Connects to the daemon's unix socket: the one the URI names, or the usual ones in turn. */
export async function dialUnix(uri: LibvirtUri, signal: AbortSignal): Promise<Duplex> {
  const failures: string[] = [];
  for (const path of socketPaths(uri)) {
    try {
      const socket = connect({ path });
      return await established(socket, "connect", signal);
    } catch (error) {
      signal.throwIfAborted();
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw unreachable("no libvirt daemon", failures.join("; "));
}

/** The one daemon for everything first, then the daemon of the driver alone. */
export function socketPaths(uri: LibvirtUri): string[] {
  if (uri.socket !== null) return [uri.socket];
  const names = ["libvirt-sock", `virt${uri.driver}d-sock`];
  const folders = uri.session
    ? [`/run/user/${userInfo().uid}/libvirt`, `${homedir()}/.cache/libvirt`]
    : ["/run/libvirt", "/var/run/libvirt"];
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
}
