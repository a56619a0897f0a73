import { afterEach, beforeEach, expect, vi } from "vitest";

// A test that prints an error has failed, even when its assertions pass.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  const printed = vi.mocked(console.error).mock.calls.map((call) => call.map(String).join(" "));
  vi.restoreAllMocks();
  expect(printed, "console.error was called").toEqual([]);
});
