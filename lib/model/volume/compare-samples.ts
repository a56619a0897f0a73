import type { GuestView } from "./guest-view";

const sampleBytes = 4096;
const tables = 8;
const evenly = 8;

/**
 * Whether two files show a guest the same at some places: at the start and the end, and where one of
 * them says that it holds data. A few hundred KiB are read, whatever the size of the disk: this
 * finds a file that is cut off or belongs to another disk, not a single wrong byte.
 */
export async function sameSamples(one: GuestView, two: GuestView): Promise<boolean> {
  if (one.capacityBytes !== two.capacityBytes) return false;
  const end = Math.max(0, one.capacityBytes - sampleBytes);
  const spaced = Array.from({ length: evenly }, (_, place) => {
    const at = Math.floor((end / (evenly - 1)) * place);
    return at - (at % sampleBytes);
  });
  const told = (await one.places(tables)) ?? (await two.places(tables)) ?? [];
  for (const place of new Set([...spaced, ...told])) {
    const length = Math.min(sampleBytes, one.capacityBytes - place);
    const [left, right] = [await one.read(place, length), await two.read(place, length)];
    if (left !== null && right !== null && !sameBytes(left, right)) return false;
  }
  return true;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
