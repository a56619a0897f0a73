import type { TypedParams } from "@/lib/libvirt";
import type { GuestView } from "@/lib/model/guest/guest";

/** The guest's word is shown to people: long enough for a name, and no more. */
const MAX_CHARS = 200;
/** Of each list; a guest may claim any number. */
const MAX_ENTRIES = 64;

/**
 * Reads the parameters of virDomainGetGuestInfo (libvirt-domain.h): flat names with counts,
 * `fs.0.mountpoint`. They come from inside the guest: everything is capped, and what has another
 * type than documented is taken for absent.
 */
export function readGuestParams(params: TypedParams): Omit<GuestView, "vmId" | "commands"> {
  const said = (name: string) => plain(params[name]);
  const each = <T>(prefix: string, read: (at: string) => T): T[] =>
    Array.from({ length: countOf(params, `${prefix}.count`) }, (_, index) =>
      read(`${prefix}.${index}`),
    );
  return {
    hostname: said("hostname"),
    os: said("os.pretty-name") ?? said("os.name"),
    kernel: said("os.kernel-release"),
    architecture: said("os.machine"),
    timezone: zoneOf(said("timezone.name"), params["timezone.offset"]),
    users: each("user", (at) => ({
      name: said(`${at}.name`) ?? "?",
      since: momentOf(params[`${at}.login-time`]),
    })),
    filesystems: each("fs", (at) => ({
      mountpoint: said(`${at}.mountpoint`) ?? "?",
      type: said(`${at}.fstype`) ?? "?",
      totalBytes: sizeOf(params[`${at}.total-bytes`]),
      usedBytes: sizeOf(params[`${at}.used-bytes`]),
      disks: each(`${at}.disk`, (disk) => said(`${disk}.alias`)).filter((name) => name !== null),
    })),
    interfaces: each("if", (at) => ({
      name: said(`${at}.name`) ?? "?",
      mac: said(`${at}.hwaddr`),
      addresses: each(`${at}.addr`, (addr) => {
        const address = said(`${addr}.addr`);
        const prefix = sizeOf(params[`${addr}.prefix`]);
        return address === null ? null : prefix === null ? address : `${address}/${prefix}`;
      }).filter((address) => address !== null),
    })),
  };
}

function plain(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const clean = value.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, MAX_CHARS);
  return clean === "" ? null : clean;
}

function countOf(params: TypedParams, name: string): number {
  const count = sizeOf(params[name]) ?? 0;
  return Math.min(Math.max(0, Math.trunc(count)), MAX_ENTRIES);
}

function sizeOf(value: unknown): number | null {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Milliseconds since 1970. */
function momentOf(value: unknown): string | null {
  const at = new Date(sizeOf(value) ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** "CET (UTC+01:00)"; the offset is in seconds. */
function zoneOf(name: string | null, offset: unknown): string | null {
  if (typeof offset !== "number" || !Number.isInteger(offset) || Math.abs(offset) > 86_400) {
    return name;
  }
  const minutes = Math.round(Math.abs(offset) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const utc = `UTC${offset < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
  return name === null ? utc : `${name} (${utc})`;
}
