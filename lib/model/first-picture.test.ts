import { expect, test } from "vitest";
import { levelOfProtocol, openedProtocol } from "./console-protocols";
import { firstPictureRequest, pixelFormat } from "./first-picture";

test("the first picture is asked for in RFB's own messages", () => {
  const bytes = firstPictureRequest({ compression: 9, quality: 1 });
  const view = new DataView(bytes.buffer);
  expect([...bytes.subarray(0, 20)]).toEqual([...pixelFormat]);
  expect(pixelFormat).toHaveLength(20);
  expect([bytes[20], view.getUint16(22)]).toEqual([2, 7]);
  const codes = Array.from({ length: 7 }, (_, at) => view.getInt32(24 + at * 4));
  expect(codes).toEqual([7, 0, -223, -308, -224, -31, -247]);
  expect([...bytes.subarray(52, 62)]).toEqual([3, 0, 0, 0, 0, 0, 255, 255, 255, 255]);
  expect([...bytes.subarray(62)]).toEqual([255, ...new Uint8Array(11)]);
});

test("a level goes by the sub-protocol's name, and no other name has one", () => {
  const level = { compression: 9, quality: 0 };
  expect(openedProtocol(level)).toBe("rfb-opened.9.0");
  expect(levelOfProtocol("rfb-opened.9.0")).toEqual(level);
  for (const other of [
    "binary",
    "rfb-opened",
    "rfb-opened.10.0",
    "rfb-opened.1.2.3",
    "xrfb-opened.1.2",
  ]) {
    expect(levelOfProtocol(other)).toBeNull();
  }
});
