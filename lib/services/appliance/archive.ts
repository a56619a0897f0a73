import { createHash } from "node:crypto";
import { tarBytes, tarEnd, tarHeader, tarPadding } from "@/lib/hypervisor/appliance/tar";

/** A file that is written as it is read. */
export interface Exported {
  fileName: string;
  sizeBytes: number;
  projectId: string;
  /** Fails, so that the file stays short, when what it is made of changes meanwhile. */
  bytes(signal: AbortSignal): AsyncGenerator<Buffer>;
}

export interface Part {
  name: string;
  sizeBytes: number;
  /** What it has to be; absent where nobody knows. */
  sha256?: string;
  bytes(signal: AbortSignal): AsyncIterable<Buffer>;
}

export interface Content {
  projectId: string;
  /** What its files are called, without their ends. */
  base: string;
  parts: readonly Part[];
  now: Date;
  /** Throws when what was read is not of one moment. */
  assertSame?: () => Promise<void>;
}

/** The parts with their checksums at the end, where OVF has them when they are known last. */
export function archive({ projectId, base, parts, now, assertSame }: Content): Exported {
  const line = (name: string, sum: string) => `SHA256(${name})= ${sum}\n`;
  const none = "0".repeat(64);
  const sums = parts.reduce((sum, { name }) => sum + line(name, none).length, 0);
  return {
    fileName: `${base}.ova`,
    projectId,
    sizeBytes: tarBytes([...parts.map(({ sizeBytes }) => sizeBytes), sums]),
    async *bytes(signal) {
      let manifest = "";
      for (const part of parts) {
        yield tarHeader(part.name, part.sizeBytes, now);
        const hash = createHash("sha256");
        let sent = 0;
        for await (const piece of part.bytes(signal)) {
          sent += piece.length;
          if (sent > part.sizeBytes) throw new Error(`${part.name} has grown`);
          hash.update(piece);
          yield piece;
        }
        if (sent < part.sizeBytes) throw new Error(`${part.name} ended after ${sent} bytes`);
        yield tarPadding(part.sizeBytes);
        const sum = hash.digest("hex");
        if (part.sha256 !== undefined && part.sha256 !== sum) {
          throw new Error(`${part.name} is not what was written once`);
        }
        manifest += line(part.name, sum);
      }
      await assertSame?.();
      yield* [tarHeader(`${base}.mf`, sums, now), Buffer.from(manifest), tarPadding(sums)];
      yield tarEnd();
    },
  };
}

/** A part that is known by heart. */
export function textPart(name: string, text: string): Part {
  const bytes = Buffer.from(text);
  return {
    name,
    sizeBytes: bytes.length,
    async *bytes() {
      yield bytes;
    },
  };
}

/** A name of files that every system takes, from that of the VM. */
export function fileBase(name: string, id: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, "");
  return plain === "" ? id : plain.slice(0, 60);
}
