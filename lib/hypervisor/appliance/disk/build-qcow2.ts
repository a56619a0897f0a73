import { pieceBytes, type SourceDisk } from "./source-disk";

const entryBytes = 8;
const perTable = pieceBytes / entryBytes;
/** Counters of 16 bits in one block of them. */
const perBlock = pieceBytes / 2;
const copied = 1n << 63n;
const headerBytes = 104;

/** A file of qcow2 whose length is known before its bytes are. */
export interface Qcow2File {
  sizeBytes: number;
  capacityBytes: number;
  bytes(signal: AbortSignal): AsyncGenerator<Buffer>;
}

/**
 * A fresh qcow2 file with the disk's content and nothing else of the file it came in: our own
 * header, no file below, only the pieces that hold anything. It is written from its first byte to
 * its last, so it can be sent to a host while it is made.
 */
export async function buildQcow2(disk: SourceDisk, signal: AbortSignal): Promise<Qcow2File> {
  const pieces = await markPieces(disk, signal);
  const plan = layout(disk.capacityBytes, pieces);
  return {
    sizeBytes: plan.total * pieceBytes,
    capacityBytes: disk.capacityBytes,
    async *bytes(stop) {
      yield header(disk.capacityBytes, plan);
      yield* counters(plan);
      yield firstTable(plan);
      let at = plan.dataAt;
      for (const table of plan.tables) {
        const entries = Buffer.alloc(pieceBytes);
        for (const index of used(pieces, table)) {
          entries.writeBigUInt64BE(copied | BigInt(at * pieceBytes), index * entryBytes);
          at += 1;
        }
        yield entries;
      }
      for (const table of plan.tables) {
        for (const index of used(pieces, table)) {
          stop.throwIfAborted();
          yield Buffer.from(await disk.read(table * perTable + index));
        }
      }
    },
  };
}

/** A bit for each piece of the disk, and how many are set. */
interface Pieces {
  bits: Uint8Array;
  count: number;
}

async function markPieces(disk: SourceDisk, signal: AbortSignal): Promise<Pieces> {
  const bits = new Uint8Array(Math.ceil(disk.capacityBytes / pieceBytes / 8));
  let count = 0;
  for await (const piece of disk.pieces()) {
    signal.throwIfAborted();
    bits[piece >> 3] = (bits[piece >> 3] ?? 0) | (1 << (piece & 7));
    count += 1;
  }
  return { bits, count };
}

/** Places in the table's stretch of the disk that hold anything. */
function* used({ bits }: Pieces, table: number): Generator<number> {
  const from = table * perTable;
  for (let index = 0; index < perTable; index++) {
    const piece = from + index;
    if (((bits[piece >> 3] ?? 0) >> (piece & 7)) & 1) yield index;
  }
}

interface Layout {
  /** Numbers of the second tables that are there. */
  tables: number[];
  /** Entries of the first table. */
  entries: number;
  countTables: number;
  countBlocks: number;
  firstAt: number;
  firstPieces: number;
  tablesAt: number;
  dataAt: number;
  total: number;
}

function layout(capacityBytes: number, pieces: Pieces): Layout {
  const entries = Math.ceil(capacityBytes / pieceBytes / perTable);
  const tables: number[] = [];
  for (let table = 0; table < entries; table++) {
    if (!used(pieces, table).next().done) tables.push(table);
  }
  const firstPieces = Math.ceil((entries * entryBytes) / pieceBytes);
  const others = 1 + firstPieces + tables.length + pieces.count;
  // The counters count their own blocks, too.
  let countBlocks = 0;
  let countTables = 0;
  let total = others;
  while (countBlocks * perBlock < total) {
    countBlocks = Math.ceil(total / perBlock);
    countTables = Math.ceil((countBlocks * entryBytes) / pieceBytes);
    total = others + countBlocks + countTables;
  }
  const firstAt = 1 + countTables + countBlocks;
  const tablesAt = firstAt + firstPieces;
  const dataAt = tablesAt + tables.length;
  return {
    tables,
    entries,
    countTables,
    countBlocks,
    firstAt,
    firstPieces,
    tablesAt,
    dataAt,
    total,
  };
}

function header(capacityBytes: number, plan: Layout): Buffer {
  const bytes = Buffer.alloc(pieceBytes);
  bytes.writeUInt32BE(0x514649fb, 0);
  bytes.writeUInt32BE(3, 4);
  bytes.writeUInt32BE(Math.log2(pieceBytes), 20);
  bytes.writeBigUInt64BE(BigInt(capacityBytes), 24);
  bytes.writeUInt32BE(plan.entries, 36);
  bytes.writeBigUInt64BE(BigInt(plan.firstAt * pieceBytes), 40);
  bytes.writeBigUInt64BE(BigInt(pieceBytes), 48);
  bytes.writeUInt32BE(plan.countTables, 56);
  bytes.writeUInt32BE(4, 96);
  bytes.writeUInt32BE(headerBytes, 100);
  return bytes;
}

/** The table of the counters' blocks, and the blocks: each piece of the file is used once. */
function* counters({ countTables, countBlocks, total }: Layout): Generator<Buffer> {
  const table = Buffer.alloc(countTables * pieceBytes);
  for (let block = 0; block < countBlocks; block++) {
    const at = BigInt((1 + countTables + block) * pieceBytes);
    table.writeBigUInt64BE(at, block * entryBytes);
  }
  yield table;
  for (let block = 0; block < countBlocks; block++) {
    const bytes = Buffer.alloc(pieceBytes);
    const held = Math.min(perBlock, total - block * perBlock);
    for (let index = 0; index < held; index++) bytes.writeUInt16BE(1, index * 2);
    yield bytes;
  }
}

function firstTable({ tables, firstPieces, tablesAt }: Layout): Buffer {
  const bytes = Buffer.alloc(firstPieces * pieceBytes);
  for (const [order, table] of tables.entries()) {
    const at = copied | BigInt((tablesAt + order) * pieceBytes);
    bytes.writeBigUInt64BE(at, table * entryBytes);
  }
  return bytes;
}
