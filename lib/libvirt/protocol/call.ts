import {
  type AnyCodec,
  type Codec,
  type Fields,
  nothing,
  type StructInput,
  type StructOutput,
  struct,
} from "../xdr/codec";

/** The programs that a libvirt daemon serves on one socket. All of them have version 1. */
export const PROGRAM = { remote: 0x2000_8086, qemu: 0x2000_8087, keepalive: 0x6b65_6570 } as const;
export const PROGRAM_VERSION = 1;

/** Whether a stream follows the answer, and which way its bytes go. */
export type Mode = "plain" | "upload" | "download" | "duplex";

export interface Procedure<
  A extends AnyCodec = AnyCodec,
  R extends AnyCodec = AnyCodec,
  M extends Mode = Mode,
> {
  readonly program: number;
  readonly number: number;
  readonly args: A;
  readonly result: R;
  readonly mode: M;
}

type StructCodec<F extends Fields> = Codec<StructOutput<F>, StructInput<F>>;

/** A procedure of the main program: its number, its arguments and, if it has one, its result. */
export function call<A extends Fields>(
  number: number,
  args: A,
): Procedure<StructCodec<A>, Codec<void>, "plain">;
export function call<A extends Fields, R extends Fields>(
  number: number,
  args: A,
  result: R,
): Procedure<StructCodec<A>, StructCodec<R>, "plain">;
export function call(number: number, args: Fields, result?: Fields): Procedure {
  return procedure(PROGRAM.remote, number, args, result, "plain");
}

/** As `call`, for a procedure whose answer opens a stream. */
export function streamCall<A extends Fields, M extends Exclude<Mode, "plain">>(
  number: number,
  mode: M,
  args: A,
): Procedure<StructCodec<A>, Codec<void>, M>;
export function streamCall<A extends Fields, R extends Fields, M extends Exclude<Mode, "plain">>(
  number: number,
  mode: M,
  args: A,
  result: R,
): Procedure<StructCodec<A>, StructCodec<R>, M>;
export function streamCall(number: number, mode: Mode, args: Fields, result?: Fields): Procedure {
  return procedure(PROGRAM.remote, number, args, result, mode);
}

/** As `call`, for the program that only QEMU hosts have. */
export function qemuCall<A extends Fields, R extends Fields>(
  number: number,
  args: A,
  result: R,
): Procedure<StructCodec<A>, StructCodec<R>, "plain">;
export function qemuCall(number: number, args: Fields, result?: Fields): Procedure {
  return procedure(PROGRAM.qemu, number, args, result, "plain");
}

function procedure(
  program: number,
  number: number,
  args: Fields,
  result: Fields | undefined,
  mode: Mode,
): Procedure {
  return { program, number, args: struct(args), result: result ? struct(result) : nothing, mode };
}
