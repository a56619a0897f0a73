import { randomFillSync } from "node:crypto";

/** Lower case without i, l, o, u: nothing that reads like a digit, and no accidental words. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new row id: 10 characters, 50 random bits, safe in file names, libvirt names and URLs. */
export function newId(): string {
  let id = "";
  for (const byte of randomTen()) id += alphabet[byte & 31];
  return id;
}

/** Random bytes in store: asking for ten costs as much as asking for a thousand. */
const store = Buffer.alloc(4_000);
let used = store.length;

function randomTen(): Buffer {
  if (used === store.length) {
    randomFillSync(store);
    used = 0;
  }
  used += 10;
  return store.subarray(used - 10, used);
}
