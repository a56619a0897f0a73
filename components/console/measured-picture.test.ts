import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { measurePicture } from "./measured-picture";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function console() {
  const rfb = { compressionLevel: 0, qualityLevel: 0 };
  const socket = Object.assign(new EventTarget(), { OPEN: 1, readyState: 1, send: vi.fn() });
  const picture = measurePicture(rfb, socket as unknown as WebSocket);
  return {
    rfb,
    socket,
    picture,
    /** A message of that size, so much later. */
    came(bytes: number, laterMs: number) {
      vi.advanceTimersByTime(laterMs);
      socket.dispatchEvent(new MessageEvent("message", { data: new ArrayBuffer(bytes) }));
    },
  };
}

test("a narrow connection is found out by questions, and gets a picture that is packed harder", () => {
  const { rfb, socket, picture, came } = console();
  expect(rfb).toEqual({ compressionLevel: 2, qualityLevel: 6 });
  came(12, 0);
  came(0, 20);
  expect(socket.send).toHaveBeenCalledExactlyOnceWith(new ArrayBuffer(0));
  for (let round = 0; round < 4; round += 1) {
    came(1_000, 1_000);
    came(40_000, 820);
    came(0, 0);
  }
  expect(socket.send).toHaveBeenCalledTimes(5);
  expect(rfb).toEqual({ compressionLevel: 9, qualityLevel: 2 });
  expect(picture.link().roundTripMs).toBe(20);
  expect(picture.link().bytesPerSecond).toBeCloseTo(50_000);
});

test("a choice holds at once, a probe changes what is asked for to and fro", () => {
  const { rfb, picture } = console();
  picture.choose("least");
  expect(rfb).toEqual({ compressionLevel: 9, qualityLevel: 0 });
  picture.probe();
  expect(rfb.compressionLevel).toBe(8);
  picture.probe();
  expect(rfb.compressionLevel).toBe(9);
  picture.choose("best");
  expect(rfb).toEqual({ compressionLevel: 1, qualityLevel: 9 });
});

test("when it has ended nothing is asked any more", () => {
  const { socket, picture, came } = console();
  picture.end();
  came(12, 0);
  vi.advanceTimersByTime(1_000);
  expect(socket.send).not.toHaveBeenCalled();
});
