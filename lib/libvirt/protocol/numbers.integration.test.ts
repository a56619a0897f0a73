import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dial } from "../dial";
import type { LibvirtError } from "../errors";
import { RpcConnection } from "../rpc/connection";
import { parseUri } from "../uri";
import { raw } from "../xdr/codec";
import { Reader } from "../xdr/reader";
import { PROGRAM, type Procedure } from "./call";
import { domainEvents, networkEvents, poolEvents } from "./events";
import { procedures } from "./procedures";
import { eventRegistrationProcedures } from "./procedures/event-registration";
import { handshakeProcedures } from "./procedures/handshake";

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
const ours = Object.entries<Procedure>({ ...procedures, ...eventRegistrationProcedures });

/** virsh's own driver, for it does not list without one. */
const VIRSH_URI = "test:///default";

/** The names that libvirt itself gives its numbers, for tracing; part of its daemon's package. */
const TAPSET = "/usr/share/systemtap/tapset/libvirt_functions.stp";

describe.skipIf(!existsSync(TAPSET))("the names in libvirt's own tracing table", () => {
  const names = tapsetNames();
  const plain = (name: string) => name.replaceAll("_", "").toLowerCase();

  it("are ours, for every procedure", () => {
    for (const [name, { program, number }] of [...ours, ...Object.entries(handshakeProcedures)]) {
      const theirs = names.get(`${program}:${number}`) ?? "none";
      const prefix = program === PROGRAM.qemu ? "qemu" : "";
      expect(`${prefix}${plain(theirs)}`, `${program}:${number}`).toBe(plain(name));
    }
  });

  it.each([
    ["domainevent", domainEvents],
    ["networkevent", networkEvents],
    ["storagepoolevent", poolEvents],
  ])("are ours, for every %s message", (prefix, events) => {
    for (const [name, { message }] of Object.entries(events)) {
      const theirs = plain(names.get(`${PROGRAM.remote}:${message}`) ?? "none");
      expect(theirs.replace("eventcallback", "event")).toBe(prefix + plain(name));
    }
  });
});

describe("the events that virsh lists, in the order of their ids", () => {
  it.each([
    ["event", domainEvents],
    ["net-event", networkEvents],
    ["pool-event", poolEvents],
  ])("are ours: virsh %s", (command, events) => {
    const listed = execFileSync("virsh", ["-c", VIRSH_URI, command, "--list"], {
      encoding: "utf8",
    });
    const names = listed.split("\n").filter((line) => line.trim() !== "");
    for (const [name, { id }] of Object.entries(events)) {
      const kebab = name.replace(/[A-Z]|\d/g, (letter) => `-${letter.toLowerCase()}`);
      expect(names[id]?.trim(), name).toBe(kebab);
    }
  });
});

/**
 * A daemon decodes arguments before it looks whether a driver is open. So on a connection that has
 * opened none, every procedure can be asked without doing anything: arguments of the right length
 * get as far as "not open", and four bytes less cannot be decoded.
 */
describe("the daemon, asked on a connection without a driver", () => {
  let rpc: RpcConnection;

  beforeAll(async () => {
    const uri = parseUri(`test+unix:///default?socket=${socket}`);
    rpc = new RpcConnection(await dial(uri, new AbortController().signal));
    await rpc.call("authList", handshakeProcedures.authList, {});
    const refusal = await ask(procedures.connectGetHostname, Buffer.alloc(0));
    expect(refusal?.message).toContain("connection not open");
  });
  afterAll(() => rpc.close());

  /** Sends the bytes as they are; null when the daemon says yes. */
  async function ask(procedure: Procedure, bytes: Buffer): Promise<LibvirtError | null> {
    return rpc.call("test", { ...procedure, args: raw, result: raw }, bytes).then(
      () => null,
      (error: LibvirtError) => error,
    );
  }

  it.each([
    ["empty texts and lists, absent options", 0],
    ["texts, lists and options that are there", 1],
  ])("takes our arguments with %s, and not four bytes less", async (_name, word) => {
    for (const [name, procedure] of ours) {
      const bytes = sample(procedure, word);
      const whole = await ask(procedure, bytes);
      expect(whole?.message ?? "", name).not.toMatch(/unknown procedure|decode/i);
      if (bytes.length === 0) continue;
      const cut = await ask(procedure, bytes.subarray(0, -4));
      expect(cut?.message, `${name} without its end`).toMatch(/decode/i);
    }
  });
});

/** As many words of this value as the procedure's arguments take. */
function sample(procedure: Procedure, word: number): Buffer {
  const words = Buffer.alloc(8_192);
  for (let offset = 0; offset < words.length; offset += 4) words.writeUInt32BE(word, offset);
  const reader = new Reader(words);
  procedure.args.read(reader);
  return words.subarray(0, words.length - reader.remaining);
}

/** "program:number" to name, from a table of `proc == 16` followed by `procstr = "…"`. */
function tapsetNames(): Map<string, string> {
  const names = new Map<string, string>();
  let program = "";
  let number = "";
  for (const line of readFileSync(TAPSET, "utf8").split("\n")) {
    program = /program == (\d+) && version == 1/.exec(line)?.[1] ?? program;
    number = /proc == (\d+)/.exec(line)?.[1] ?? number;
    const name = /procstr = "(\w+)"/.exec(line)?.[1];
    if (name !== undefined && name !== "unknown") names.set(`${program}:${number}`, name);
  }
  return names;
}
