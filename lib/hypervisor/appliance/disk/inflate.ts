import { promisify } from "node:util";
import { constants, inflate, inflateRaw } from "node:zlib";
import { refuse } from "../refuse";

const unpack = { zlib: promisify(inflate), raw: promisify(inflateRaw) } as const;

/**
 * Unpacks a piece of a disk to `limit` bytes at most: what would become more is no piece of a disk.
 * What lies behind its end is not looked at. Throws `input.invalid`.
 */
export async function inflated(
  kind: keyof typeof unpack,
  packed: Uint8Array,
  limit: number,
): Promise<Buffer> {
  try {
    const options = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH };
    return await unpack[kind](packed, options);
  } catch {
    throw refuse("disk_damaged");
  }
}
