import { beforeEach, vi } from "vitest";

/** Import first: fixes the settings that sessions need, before anything reads them. */
vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
vi.stubEnv("LOG_LEVEL", "silent");
// Hashing passwords is slow on purpose.
vi.setConfig({ testTimeout: 30_000 });

// Attempts of one test must not count in the next.
beforeEach(() => {
  const store = globalThis as unknown as { __portico?: Map<string, unknown> };
  store.__portico?.delete("sign-in-limits");
});
