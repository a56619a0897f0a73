import { z } from "zod";
import { type ByteReader, byteReader } from "./ssh-key-bytes";

export const sshKeyLimits = {
  perPerson: 50,
  /** Characters that may be pasted; the longest key that is taken needs under 6,000. */
  text: 16_384,
  name: 80,
  rsaBits: { min: 2_048, max: 16_384 },
} as const;

/** Why a pasted text is no key that can be used; the endings of `field.ssh_key.*`. */
export type SshKeyProblem =
  | "required"
  | "private"
  | "several"
  | "format"
  | "type"
  | "damaged"
  | "rsa_short";

export interface SshKeyParts {
  type: string;
  /** The key in SSH's wire format. */
  blob: Uint8Array<ArrayBuffer>;
  /** `type base64`, without options and comment. */
  publicKey: string;
  comment: string;
}

/** What stands behind the type's name in the wire format; false when it is not as it must be. */
type Check = (reader: ByteReader) => boolean | SshKeyProblem;

const point =
  (curve: string, length: number): Check =>
  (reader) => {
    if (reader.text() !== curve) return false;
    const q = reader.string();
    // Uncompressed, the only form that SSH uses.
    return q?.length === length && q[0] === 4;
  };

const edPoint: Check = (reader) => reader.string()?.length === 32;

/** Security keys add the application that they answer to. */
const withApplication =
  (key: Check): Check =>
  (reader) =>
    key(reader) === true && (reader.text() ?? "") !== "";

const rsa: Check = (reader) => {
  const exponent = reader.positiveInteger();
  const modulus = reader.positiveInteger();
  if (exponent === null || modulus === null || exponent < 3n || exponent % 2n === 0n) return false;
  const bits = modulus.toString(2).length;
  if (bits > sshKeyLimits.rsaBits.max || modulus % 2n === 0n) return false;
  return bits >= sshKeyLimits.rsaBits.min ? true : "rsa_short";
};

const types: Record<string, Check> = {
  "ssh-ed25519": edPoint,
  "ecdsa-sha2-nistp256": point("nistp256", 65),
  "ecdsa-sha2-nistp384": point("nistp384", 97),
  "ecdsa-sha2-nistp521": point("nistp521", 133),
  "ssh-rsa": rsa,
  "sk-ssh-ed25519@openssh.com": withApplication(edPoint),
  "sk-ecdsa-sha2-nistp256@openssh.com": withApplication(point("nistp256", 65)),
};

/** Certificates, DSA and whatever else SSH has had. */
const otherType = /(?:^|\s)(?:ssh-|ecdsa-|sk-|rsa-|x509v3-)[\w@.-]+\s+AAAA/;

/**
 * Reads one line as it stands in a `.pub` or `authorized_keys` file: options, type, base64,
 * comment. The wire format is checked to its last byte. Returns why not, otherwise.
 */
export function parseSshKey(text: string): SshKeyParts | { problem: SshKeyProblem } {
  if (/PRIVATE KEY|PuTTY-User-Key-File/i.test(text)) return { problem: "private" };
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  const [line, ...others] = lines;
  if (line === undefined) return { problem: "required" };
  if (others.length > 0) return { problem: lines.every(hasKey) ? "several" : "format" };
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word) => word in types);
  if (at === -1) return { problem: otherType.test(line) ? "type" : "format" };
  const [type = "", base64 = "", ...rest] = words.slice(at);
  const blob = decode(base64);
  if (blob === null) return { problem: "damaged" };
  const reader = byteReader(blob);
  if (reader.text() !== type) return { problem: "damaged" };
  const checked = types[type]?.(reader) ?? false;
  if (typeof checked === "string") return { problem: checked };
  if (!checked || !reader.atEnd()) return { problem: "damaged" };
  return { type, blob, publicKey: `${type} ${base64}`, comment: rest.join(" ") };
}

function hasKey(line: string): boolean {
  return otherType.test(line);
}

/** A name for a key: what can be shown of a text, or null when nothing is left. */
export function sshKeyName(text: string): string | null {
  const shown = text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return [...shown].slice(0, sshKeyLimits.name).join("") || null;
}

export const addSshKeySchema = z.object({
  /** Absent or empty: the key's comment, or its type. */
  name: z.string().max(1_000, "field.name.too_long").optional(),
  publicKey: z
    .string("field.ssh_key.required")
    .max(sshKeyLimits.text, "field.ssh_key.format")
    .min(1, "field.ssh_key.required"),
});
export type AddSshKeyInput = z.output<typeof addSshKeySchema>;

function decode(base64: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    // Otherwise one key had several spellings.
    return btoa(String.fromCharCode(...bytes)) === base64 ? bytes : null;
  } catch {
    return null;
  }
}
