import { protocolError } from "../errors";
import type { Reader } from "./reader";
import type { Writer } from "./writer";

/**
 * How one value looks on the wire. `In` differs from `Out` only where something may be left out
 * when it is sent: flags default to 0, an optional value to absent.
 */
export interface Codec<Out, In = Out> {
  read(reader: Reader): Out;
  write(writer: Writer, value: In): void;
}

export type AnyCodec = Codec<unknown, unknown>;
export type OutputOf<C extends AnyCodec> = ReturnType<C["read"]>;
export type InputOf<C extends AnyCodec> = Parameters<C["write"]>[1];

export type Fields = Record<string, AnyCodec>;
export type StructOutput<F extends Fields> = { [K in keyof F]: OutputOf<F[K]> };
type Required<F extends Fields> = {
  [K in keyof F as undefined extends InputOf<F[K]> ? never : K]: InputOf<F[K]>;
};
type Omissible<F extends Fields> = {
  [K in keyof F as undefined extends InputOf<F[K]> ? K : never]?: InputOf<F[K]>;
};
type Flatten<T> = { [K in keyof T]: T[K] };
export type StructInput<F extends Fields> = Flatten<Required<F> & Omissible<F>>;

export const i32: Codec<number> = { read: (r) => r.i32(), write: (w, v) => w.i32(v) };
export const u32: Codec<number> = { read: (r) => r.u32(), write: (w, v) => w.u32(v) };
export const i64: Codec<bigint> = { read: (r) => r.i64(), write: (w, v) => w.i64(v) };
export const u64: Codec<bigint> = { read: (r) => r.u64(), write: (w, v) => w.u64(v) };
export const f64: Codec<number> = { read: (r) => r.f64(), write: (w, v) => w.f64(v) };
export const text: Codec<string> = { read: (r) => r.text(), write: (w, v) => w.text(v) };
/** 16 raw bytes; a dashed lower-case string on our side. */
export const uuid: Codec<string> = { read: (r) => r.uuid(), write: (w, v) => w.uuid(v) };

/** A flag word that is 0 when left out. */
export const flags: Codec<number, number | undefined> = {
  read: (r) => r.u32(),
  write: (w, v) => w.u32(v ?? 0),
};

/** Listing calls count only when this is 0; nobody here wants that, so it is 1 when left out. */
export const needResults: Codec<number, number | undefined> = {
  read: (r) => r.i32(),
  write: (w, v) => w.i32(v ?? 1),
};

/** Bytes as they are, up to the end of the packet: what streams carry. */
export const raw: Codec<Buffer, Uint8Array> = { read: (r) => r.rest(), write: (w, v) => w.raw(v) };

export const nothing: Codec<void> = { read: () => undefined, write: () => undefined };

export function opaque(maxBytes: number): Codec<Buffer, Uint8Array> {
  return { read: (r) => r.opaque(maxBytes), write: (w, v) => w.opaque(v, maxBytes) };
}

export function optional<Out, In>(codec: Codec<Out, In>): Codec<Out | null, In | null | undefined> {
  return {
    read: (r) => (r.bool() ? codec.read(r) : null),
    write(w, value) {
      const present = value !== null && value !== undefined;
      w.u32(present ? 1 : 0);
      if (present) codec.write(w, value);
    },
  };
}

/** `max` is libvirt's own limit for that array. Items take four bytes at least. */
export function list<Out, In>(codec: Codec<Out, In>, max: number): Codec<Out[], readonly In[]> {
  return {
    read(r) {
      const count = r.count(max);
      const items: Out[] = [];
      for (let index = 0; index < count; index++) items.push(codec.read(r));
      return items;
    },
    write(w, items) {
      w.count(items.length, max);
      for (const item of items) codec.write(w, item);
    },
  };
}

export function struct<F extends Fields>(fields: F): Codec<StructOutput<F>, StructInput<F>> {
  const entries = Object.entries(fields);
  return {
    read(r) {
      const value: Record<string, unknown> = {};
      for (const [key, codec] of entries) value[key] = codec.read(r);
      return value as StructOutput<F>;
    },
    write(w, value) {
      const source = value as Record<string, unknown>;
      for (const [key, codec] of entries) codec.write(w, source[key]);
    },
  };
}

/** Fails for an arm that is not listed: guessing its length would misread all that follows. */
export function unknownArm(arm: number): never {
  throw protocolError(`a value has the unknown type ${arm}`);
}

/** C's `char` arrays travel as four bytes per character and end at the first NUL. */
export function chars(max: number): Codec<string> {
  return {
    read: (r) => readChars(r, r.count(max)),
    write(w, value) {
      const length = Buffer.byteLength(value);
      w.count(length, max);
      writeChars(w, value, length);
    },
  };
}

export function fixedChars(length: number): Codec<string> {
  return { read: (r) => readChars(r, length), write: (w, v) => writeChars(w, v, length) };
}

function readChars(r: Reader, length: number): string {
  const codes = Array.from({ length }, () => r.i32() & 0xff);
  const end = codes.indexOf(0);
  return Buffer.from(end < 0 ? codes : codes.slice(0, end)).toString();
}

function writeChars(w: Writer, value: string, length: number): void {
  const codes = Buffer.from(value);
  for (let index = 0; index < length; index++) w.i32(codes[index] ?? 0);
}
