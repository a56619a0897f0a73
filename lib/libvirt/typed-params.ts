import { protocolError } from "./errors";
import { type Codec, unknownArm } from "./xdr/codec";
import type { Reader } from "./xdr/reader";
import type { Writer } from "./xdr/writer";

/** int, uint and double are numbers, llong and ullong are bigint. */
export type TypedValue = number | bigint | boolean | string;

/** Parameters by name, as the daemon sent them. Of a repeated name the last one counts. */
export type TypedParams = Record<string, TypedValue>;

/** A parameter to send: libvirt insists on the exact type of each name. */
export type TypedParam =
  | { field: string; type: "int" | "uint" | "double"; value: number }
  | { field: string; type: "llong" | "ullong"; value: bigint }
  | { field: string; type: "boolean"; value: boolean }
  | { field: string; type: "string"; value: string };

const ARM = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;

/** At most `max` parameters, libvirt's limit for the call in question. */
export function typedParams(max: number): Codec<TypedParams, readonly TypedParam[]> {
  return {
    read(r) {
      const count = r.count(max);
      const params: TypedParams = {};
      for (let index = 0; index < count; index++) {
        const field = r.name();
        if (field === "__proto__") throw protocolError("a parameter has a forbidden name");
        params[field] = readValue(r);
      }
      return params;
    },
    write(w, params) {
      w.count(params.length, max);
      for (const param of params) {
        w.text(param.field);
        w.i32(ARM[param.type]);
        writeValue(w, param);
      }
    },
  };
}

function readValue(r: Reader): TypedValue {
  const arm = r.i32();
  switch (arm) {
    case ARM.int:
      return r.i32();
    case ARM.uint:
      return r.u32();
    case ARM.llong:
      return r.i64();
    case ARM.ullong:
      return r.u64();
    case ARM.double:
      return r.f64();
    case ARM.boolean:
      return r.i32() !== 0;
    case ARM.string:
      return r.text();
    default:
      return unknownArm(arm);
  }
}

function writeValue(w: Writer, param: TypedParam): void {
  switch (param.type) {
    case "int":
      w.i32(param.value);
      break;
    case "uint":
      w.u32(param.value);
      break;
    case "double":
      w.f64(param.value);
      break;
    case "llong":
      w.i64(param.value);
      break;
    case "ullong":
      w.u64(param.value);
      break;
    case "boolean":
      w.i32(param.value ? 1 : 0);
      break;
    case "string":
      w.text(param.value);
      break;
  }
}
