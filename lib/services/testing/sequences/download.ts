import type { Exported } from "../../appliance/archive";

/** A raw disk is as long as it can hold: of those the reader goes away in the midst. */
const mostBytes = 16 * 1024 ** 2;

/** Reads an export as a browser does, whole or until it has enough. Throws when it is cut short. */
export async function download(asked: Promise<Exported>): Promise<Exported> {
  const exported = await asked;
  const gone = new AbortController();
  let bytes = 0;
  try {
    for await (const piece of exported.bytes(gone.signal)) {
      bytes += piece.length;
      if (exported.sizeBytes > mostBytes && bytes > 1024 ** 2) return exported;
    }
  } finally {
    gone.abort();
  }
  if (bytes === exported.sizeBytes) return exported;
  throw new Error(`${exported.fileName} ended after ${bytes} of ${exported.sizeBytes} bytes`);
}
