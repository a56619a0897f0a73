import { describe, expect, it } from "vitest";
import {
  countPlaywright,
  countVitest,
  failedInPlaywright,
  failedInVitest,
  sumCounts,
} from "./test-count.mjs";

describe("countVitest", () => {
  const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };

  it("counts tests", () => {
    expect(countVitest({ ...report, testResults: [] })).toEqual({
      passed: 7,
      failed: 1,
      skipped: 2,
    });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{}] },
      { status: "passed", assertionResults: [{}] },
    ];
    expect(countVitest({ ...report, testResults }).failed).toBe(2);
  });
});

describe("countPlaywright", () => {
  it("counts a test that only passed when repeated, and errors outside tests, as failures", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 3 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });
});

describe("files that failed", () => {
  it("are named by vitest", () => {
    const testResults = [
      { name: "/x/a.test.ts", status: "failed" },
      { name: "/x/b.test.ts", status: "passed" },
    ];
    expect(failedInVitest({ testResults })).toEqual(["/x/a.test.ts"]);
  });

  it("are found below a describe by Playwright, but not those of no file", () => {
    const file = (name: string, ok: boolean) => ({
      file: name,
      specs: [{ ok: true }],
      suites: [{ specs: [{ ok }] }],
    });
    const report = {
      config: { rootDir: "/x/e2e" },
      suites: [file("a.e2e.ts", false), file("b.e2e.ts", true)],
    };
    expect(failedInPlaywright({ ...report, errors: [] })).toEqual(["/x/e2e/a.e2e.ts"]);
    expect(failedInPlaywright({ ...report, errors: [{}] })).toBeNull();
  });
});

describe("sumCounts", () => {
  it("is nothing of nothing", () => {
    expect(sumCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
    const one = { passed: 1, failed: 0, skipped: 2 };
    expect(sumCounts([one, one])).toEqual({ passed: 2, failed: 0, skipped: 4 });
  });
});
