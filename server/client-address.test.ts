import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress } from "./client-address";

const request = (forwarded?: string) =>
  ({
    socket: { remoteAddress: "10.0.0.9" },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

test("without trusted proxies a forged X-Forwarded-For is ignored", () => {
  expect(clientAddress(request("1.2.3.4"), 0)).toBe("10.0.0.9");
});

test("behind one proxy the last entry counts, whatever the client put before it", () => {
  expect(clientAddress(request("6.6.6.6, 1.2.3.4"), 1)).toBe("1.2.3.4");
});

test("behind two proxies the entry that the outer one has seen counts", () => {
  expect(clientAddress(request("6.6.6.6, 1.2.3.4, 10.0.0.1"), 2)).toBe("1.2.3.4");
});

test("a missing header falls back to the socket", () => {
  expect(clientAddress(request(), 1)).toBe("10.0.0.9");
});
