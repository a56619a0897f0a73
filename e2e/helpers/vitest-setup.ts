import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";

// Read once by what reads them, whichever file of a worker comes first.
vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
vi.stubEnv("LOG_LEVEL", "silent");

const store = () => (globalThis as unknown as { __portico?: Map<string, unknown> }).__portico;

// A file of tests finds the process as if it were the first one in it.
beforeAll(() => void store()?.clear());

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

// Attempts of one test must not count in the next.
beforeEach(() => void store()?.delete("sign-in-limits"));

// A test that prints an error has failed, even when its assertions pass.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  const printed = vi.mocked(console.error).mock.calls.map((call) => call.map(String).join(" "));
  vi.restoreAllMocks();
  expect(printed, "console.error was called").toEqual([]);
});
