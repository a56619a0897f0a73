import { onTestFinished, vi } from "vitest";

/**
 * The comparison of open consoles with the database, which comes every few seconds, does not come
 * by itself in this test. To be called before the first console opens.
 */
export function withoutComparisons(): void {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
}
