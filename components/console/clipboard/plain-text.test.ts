import { inflateSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import { provided, sendPlainText } from "./plain-text";

it.each([
  ["zwei\r\nZeilen\rund 你好", "zwei\nZeilen\nund 你好"],
  ["", ""],
  ["ü".repeat(100_000), "ü".repeat(100_000)],
])("a text goes as it is, without what RFB adds to it", async (text, expected) => {
  const data = Buffer.from(await provided(text));
  expect(data.readUInt32BE(0)).toBe(0x10000001);
  const content = inflateSync(data.subarray(4));
  expect(content.readUInt32BE(0)).toBe(content.length - 4);
  expect(content.toString("utf8", 4)).toBe(expected);
});

it("noVNC's own way is replaced once", async () => {
  const messages = { extendedClipboardProvide: vi.fn(), clientCutText: vi.fn() };
  sendPlainText(messages);
  const ours = messages.extendedClipboardProvide;
  sendPlainText(messages);
  expect(messages.extendedClipboardProvide).toBe(ours);
  const socket = {};
  messages.extendedClipboardProvide(socket, [1], ["a"]);
  await expect.poll(() => messages.clientCutText.mock.calls.length).toBe(1);
  expect(messages.clientCutText).toHaveBeenCalledWith(socket, await provided("a"), true);
});
