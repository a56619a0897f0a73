import type { Env } from "@/lib/env";
import { isLibvirtError, parseUri } from "@/lib/libvirt";

type Settings = Pick<
  Env,
  "PORTICO_LISTEN" | "PORTICO_ORIGIN" | "PORTICO_SMTP_URL" | "PORTICO_LIBVIRT_URI"
>;

/**
 * What others can read or forge on the wire by these settings, and what helps: a sentence each,
 * for the operator. Nothing is said of what stays on this machine.
 */
export function plainConnections(settings: Settings): string[] {
  const found: string[] = [];
  if (!reachedSafely(settings)) {
    found.push(
      "People reach this portal by plain http: who listens on the way reads passwords, sessions " +
        "and screens. Put a reverse proxy with https in front of it, set " +
        "PORTICO_ORIGIN=https://its.name, and leave PORTICO_LISTEN on the loopback.",
    );
  }
  const mail = settings.PORTICO_SMTP_URL;
  if (mail?.startsWith("smtp:") && !isLoopback(hostOf(mail))) {
    found.push(
      "Mails with one-time links may leave in the clear, for smtp:// only asks the server whether " +
        "it encrypts. Use smtps:// in PORTICO_SMTP_URL.",
    );
  }
  if (isOpenToOthers(settings.PORTICO_LIBVIRT_URI)) {
    found.push(
      "The connection to libvirt can be read or forged on the way, and whoever does owns the " +
        "host. Use qemu+ssh:// or qemu+tls:// in PORTICO_LIBVIRT_URI.",
    );
  }
  return found;
}

function reachedSafely({ PORTICO_LISTEN: listen, PORTICO_ORIGIN: origin }: Settings): boolean {
  if (origin?.startsWith("https://")) return true;
  return isLoopback(listen) && (origin === undefined || isLoopback(hostOf(origin)));
}

function isOpenToOthers(uri: string): boolean {
  try {
    return parseUri(uri).insecure;
  } catch (error) {
    // A URI that cannot be used is told of where it is used.
    if (isLibvirtError(error)) return false;
    throw error;
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
