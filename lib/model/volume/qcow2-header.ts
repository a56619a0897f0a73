/** As much of a file as is asked for: the header, its extensions and the names behind it. */
export const headBytes = 64 * 1024;

/** What the header of a qcow2 file says of itself. Names in it are text to show and nothing else. */
export interface Qcow2Header {
  version: number;
  clusterBytes: number;
  /** Size that the guest sees. */
  virtualBytes: number;
  refcountBits: number;
  compression: "zlib" | "zstd" | "unknown";
  encryption: "aes" | "luks" | "unknown" | null;
  /** Snapshots inside the file. */
  snapshots: number;
  /** The file below; null without one. */
  backing: { path: string; format: string | null } | null;
  /** Whether the guest's data lies in another file. */
  externalData: boolean;
  dirty: boolean;
  corrupt: boolean;
  lazyRefcounts: boolean;
  extendedL2: boolean;
  /** Whether it uses something that this reader, and perhaps its QEMU, does not know. */
  unknownFeatures: boolean;
}

const magic = 0x514649fb;
const headerBytesV2 = 72;
const headerBytesV3 = 104;
/** QEMU's own bounds. */
const clusterBits = { min: 9, max: 21 };
const maxRefcountOrder = 6;
const maxSnapshots = 65_536;
const maxPathBytes = 1023;
const maxExtensions = 64;
const backingFormatExtension = 0xe2792aca;
const knownIncompatible = 0b1_1111n;

/**
 * Reads the start of a qcow2 file. Null when it is none, is cut off, or says what no such file may
 * say: whoever wrote it may be an enemy, so each figure has a bound and no offset leads beyond the
 * given bytes. Nothing is opened and no path is followed.
 */
export function readQcow2Header(head: Uint8Array): Qcow2Header | null {
  const bytes = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.byteLength < headerBytesV2 || bytes.getUint32(0) !== magic) return null;
  const version = bytes.getUint32(4);
  if (version !== 2 && version !== 3) return null;
  const newer = version === 3;
  const headerBytes = newer && bytes.byteLength >= headerBytesV3 ? bytes.getUint32(100) : 0;
  if (newer && (headerBytes < headerBytesV3 || headerBytes > bytes.byteLength)) return null;
  const bits = bytes.getUint32(20);
  const virtualBytes = Number(bytes.getBigUint64(24));
  const refcountOrder = newer ? bytes.getUint32(96) : 4;
  const snapshots = bytes.getUint32(60);
  const inBounds =
    bits >= clusterBits.min &&
    bits <= clusterBits.max &&
    Number.isSafeInteger(virtualBytes) &&
    refcountOrder <= maxRefcountOrder &&
    snapshots <= maxSnapshots;
  const backing = inBounds ? readBacking(bytes, newer ? headerBytes : headerBytesV2) : false;
  if (backing === false) return null;
  const incompatible = newer ? bytes.getBigUint64(72) : 0n;
  const compatible = newer ? bytes.getBigUint64(80) : 0n;
  return {
    version,
    clusterBytes: 2 ** bits,
    virtualBytes,
    refcountBits: 2 ** refcountOrder,
    compression: compressionOf(bytes, headerBytes, incompatible),
    encryption: encryptionOf(bytes.getUint32(32)),
    snapshots,
    backing,
    externalData: hasBit(incompatible, 2),
    dirty: hasBit(incompatible, 0),
    corrupt: hasBit(incompatible, 1),
    lazyRefcounts: hasBit(compatible, 0),
    extendedL2: hasBit(incompatible, 4),
    unknownFeatures: (incompatible & ~knownIncompatible) !== 0n,
  };
}

function hasBit(features: bigint, bit: number): boolean {
  return ((features >> BigInt(bit)) & 1n) === 1n;
}

function encryptionOf(method: number): Qcow2Header["encryption"] {
  if (method === 0) return null;
  return method === 1 ? "aes" : method === 2 ? "luks" : "unknown";
}

function compressionOf(
  bytes: DataView,
  headerBytes: number,
  incompatible: bigint,
): Qcow2Header["compression"] {
  if (!hasBit(incompatible, 3)) return "zlib";
  const type = headerBytes > headerBytesV3 ? bytes.getUint8(headerBytesV3) : 0;
  return type === 0 ? "zlib" : type === 1 ? "zstd" : "unknown";
}

/** The file below; null without one, false when its name lies out of bounds. */
function readBacking(bytes: DataView, extensionsAt: number): Qcow2Header["backing"] | false {
  const offset = Number(bytes.getBigUint64(8));
  if (offset === 0) return null;
  const length = bytes.getUint32(16);
  if (length === 0) return null;
  if (length > maxPathBytes || offset + length > bytes.byteLength) return false;
  return { path: shown(bytes, offset, length), format: backingFormat(bytes, extensionsAt) };
}

function backingFormat(bytes: DataView, start: number): string | null {
  let at = start;
  for (let count = 0; count < maxExtensions && at + 8 <= bytes.byteLength; count++) {
    const type = bytes.getUint32(at);
    const length = bytes.getUint32(at + 4);
    if (type === 0 || at + 8 + length > bytes.byteLength) return null;
    if (type === backingFormatExtension) return shown(bytes, at + 8, Math.min(length, 15));
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return null;
}

/** Bytes as text that cannot act on a terminal or a page: no control or direction characters. */
function shown(bytes: DataView, offset: number, length: number): string {
  const part = new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length);
  return new TextDecoder().decode(part).replaceAll(/[\p{C}\u2028\u2029]/gu, "\ufffd");
}
