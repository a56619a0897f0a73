import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readGreeting } from "./rfb-greeting";
import { connectTarget } from "./target";
import { cleanUp, unixServer } from "./testing/proxy";
import { until } from "./testing/until";

afterEach(cleanUp);

const patient = { timeoutMs: 5_000 };

describe("connecting", () => {
  test("a socket that nobody listens on rejects with the system's code", async () => {
    const attempt = connectTarget({ path: "/nonexistent/portico.sock" }, patient);
    await expect(attempt).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("an aborted attempt rejects with the signal's reason", async () => {
    const { path } = await unixServer(() => undefined);
    const signal = AbortSignal.abort(new Error("not any more"));
    await expect(connectTarget({ path }, { ...patient, signal })).rejects.toThrow("not any more");
  });

  test("nothing is read before somebody receives", async () => {
    const { path } = await unixServer((socket) => socket.write("early"));
    const target = await connectTarget({ path }, patient);
    const got: string[] = [];
    target.receive((buffer, length) => {
      got.push(buffer.toString("latin1", 0, length));
      return true;
    });
    await until(() => got.join("") === "early");
    target.socket.destroy();
  });
});

describe("the RFB greeting", () => {
  async function greet(serve: (socket: Socket) => void, timeoutMs = 5_000): Promise<Buffer> {
    const { path } = await unixServer(serve);
    return readGreeting(await connectTarget({ path }, patient), { timeoutMs });
  }

  test("is returned as it came", async () => {
    const greeting = await greet((socket) => socket.write("RFB 003.008\n"));
    expect(greeting.toString()).toBe("RFB 003.008\n");
  });

  test("may come a byte at a time", async () => {
    const greeting = await greet((socket) => {
      socket.setNoDelay(true);
      for (const byte of "RFB 003.008\n") socket.write(byte);
    });
    expect(greeting.toString()).toBe("RFB 003.008\n");
  });

  test("of something else is refused", async () => {
    const attempt = greet((socket) => socket.write("SSH-2.0-OpenSSH_9.2p1\r\n"));
    await expect(attempt).rejects.toMatchObject({ code: "EPROTO" });
  });

  test("that never comes is given up", async () => {
    await expect(greet(() => undefined, 20)).rejects.toMatchObject({ code: "ETIMEDOUT" });
  });

  test("is given up with the signal", async () => {
    const { path } = await unixServer(() => undefined);
    const target = await connectTarget({ path }, patient);
    const stop = new AbortController();
    const attempt = readGreeting(target, { ...patient, signal: stop.signal });
    stop.abort(new Error("not any more"));
    await expect(attempt).rejects.toThrow("not any more");
    expect(target.socket.destroyed).toBe(true);
  });

  test("cut off is an error at once", async () => {
    const attempt = greet((socket) => socket.end("RFB"));
    await expect(attempt).rejects.toMatchObject({ code: "ECONNRESET" });
  });
});
