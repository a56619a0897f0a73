import { randomBytes } from "node:crypto";

/** Lower case without i, l, o, u: nothing that reads like a digit, and no accidental words. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new row id: 10 characters, 50 random bits, safe in file names, libvirt names and URLs. */
export function newId(): string {
  let id = "";
  for (const byte of randomBytes(10)) id += alphabet[byte & 31];
  return id;
}
