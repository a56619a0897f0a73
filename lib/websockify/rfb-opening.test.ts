import { afterEach, describe, expect, test } from "vitest";
import { openRfb } from "./rfb-opening";
import { connectTarget } from "./target";
import { cleanUp, unixServer } from "./testing/proxy";
import { until } from "./testing/until";

afterEach(cleanUp);

const latin1 = (text: string) => Buffer.from(text, "latin1");
const version = latin1("RFB 003.008\n");
const accepted = Buffer.alloc(4);
const name = "guest";
const init = Buffer.concat([
  Buffer.from([2, 208, 1, 144, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]),
  Buffer.from([0, 0, 0, name.length]),
  latin1(name),
]);
const next = latin1("the picture, please");
const typeNone = Buffer.from([1, 1]);
const typeNoneLast = Buffer.from([3, 2, 19, 1]);

/** A server that gives each part once the client has said so many bytes; `piece` bytes at a time. */
async function opened(
  parts: readonly (readonly [afterBytes: number, part: Buffer])[],
  { piece = 1_000, timeoutMs = 5_000 } = {},
) {
  let said = Buffer.alloc(0);
  const { path } = await unixServer((socket) => {
    socket.setNoDelay(true);
    const left = [...parts];
    const give = () => {
      while (left[0] !== undefined && left[0][0] <= said.length) {
        const [, part] = left.shift() as [number, Buffer];
        for (let at = 0; at < part.length; at += piece) socket.write(part.subarray(at, at + piece));
      }
    };
    socket.on("data", (data) => {
      said = Buffer.concat([said, data]);
      give();
    });
    give();
  });
  const target = await connectTarget({ path }, { timeoutMs: 5_000 });
  return { target, greeting: await openRfb(target, { timeoutMs, next }), said: () => said };
}

describe.each([
  ["in whole parts", 1_000],
  ["a byte at a time", 1],
])("an RFB server's handshake %s", (_, piece) => {
  test("is gone through for a screen that is shared, and handed over whole", async () => {
    const parts = [
      [0, version],
      [12, typeNoneLast],
      [13, accepted],
      [14, init],
    ] as const;
    const later = latin1("pixels");
    const { target, greeting, said } = await opened([...parts, [15 + next.length, later]], {
      piece,
    });
    expect(greeting).toEqual(Buffer.concat(parts.map(([, part]) => part)));
    await until(() => said().length === 14 + next.length);
    expect(said()).toEqual(Buffer.concat([version, Buffer.from([1, 1]), next]));
    let got = "";
    target.socket.write("?");
    target.receive((buffer, length) => {
      got += buffer.toString("latin1", 0, length);
      return true;
    });
    await until(() => got === later.toString());
    target.socket.destroy();
  });

  test.each([
    ["of another version", [[0, latin1("RFB 003.003\n")]]],
    [
      "that asks for a password",
      [
        [0, version],
        [12, Buffer.from([1, 2])],
      ],
    ],
    [
      "that lets in nobody",
      [
        [0, version],
        [12, Buffer.from([0])],
      ],
    ],
    [
      "that ends in a refusal",
      [
        [0, version],
        [12, typeNone],
        [13, Buffer.from([0, 0, 0, 1])],
      ],
    ],
  ] as [string, [number, Buffer][]][])("%s is given up", async (__, parts) => {
    const { target, greeting } = await opened(parts, { piece });
    expect(greeting).toBeNull();
    expect(target.socket.destroyed).toBe(true);
  });
});

test("a name without bounds is refused, and one that never comes is given up", async () => {
  const endless = Buffer.from(init.subarray(0, 24));
  endless.writeUInt32BE(0xffff_ffff, 20);
  const start = [
    [0, version],
    [12, typeNone],
    [13, accepted],
  ] as const;
  const flood = [...start, [14, Buffer.concat([endless, Buffer.alloc(70_000)])] as const];
  await expect(opened(flood)).rejects.toMatchObject({ code: "EPROTO" });
  await expect(opened(start, { timeoutMs: 20 })).rejects.toMatchObject({ code: "ETIMEDOUT" });
  const other = opened([[0, latin1("SSH-2.0-x\r\n\r\n")]]);
  await expect(other).rejects.toMatchObject({ code: "EPROTO" });
});
