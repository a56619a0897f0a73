import type { ByteSource } from "@/lib/model/iso/bytes";
import { pieceBytes, type SourceDisk } from "./source-disk";

const zeros = new Uint8Array(pieceBytes);

/** A raw disk: its bytes are content from the first to the last, whatever they look like. */
export function rawDisk(source: ByteSource): SourceDisk {
  const { sizeBytes } = source;
  const read = async (piece: number) => {
    const bytes = await source.read(piece * pieceBytes, pieceBytes);
    if (bytes.length === pieceBytes) return bytes;
    const whole = new Uint8Array(pieceBytes);
    whole.set(bytes);
    return whole;
  };
  return {
    format: "raw",
    capacityBytes: sizeBytes,
    async *pieces() {
      for (let piece = 0; piece * pieceBytes < sizeBytes; piece++) {
        if (Buffer.compare(await read(piece), zeros) !== 0) yield piece;
      }
    },
    read,
  };
}
