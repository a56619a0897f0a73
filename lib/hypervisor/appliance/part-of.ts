import type { ByteSource } from "@/lib/model/iso/bytes";

/** A stretch of a file as a source of its own: nothing beyond it can be read. */
export function partOf(
  source: ByteSource,
  { offset, sizeBytes }: { offset: number; sizeBytes: number },
): ByteSource {
  return {
    sizeBytes,
    read: async (at, length) => {
      const within = Math.max(0, Math.min(length, sizeBytes - at));
      return within === 0 || at < 0 ? new Uint8Array(0) : source.read(offset + at, within);
    },
  };
}
