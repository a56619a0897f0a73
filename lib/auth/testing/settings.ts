import { beforeEach, vi } from "vitest";

/** Import first: fixes the settings that sessions need, before anything reads them. */
vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
vi.stubEnv("LOG_LEVEL", "silent");

// Attempts of one test must not count in the next.
beforeEach(() => {
  const store = globalThis as unknown as { __portico?: Map<string, unknown> };
  store.__portico?.delete("sign-in-limits");
});
