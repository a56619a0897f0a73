import { join } from "node:path";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * Counts of a vitest JSON report. A file that could not even be loaded counts as one failure.
 * @param {any} report
 * @returns {Count}
 */
export function countVitest(report) {
  const unloadable = (report.testResults ?? []).filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of a Playwright JSON report; a test that passed on a second attempt has failed once, so
 * it counts as failed. Errors outside tests count too.
 * @param {any} report
 * @returns {Count}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped };
}

/**
 * Which files of a vitest JSON report failed, by their paths.
 * @param {any} report
 * @returns {string[]}
 */
export function failedInVitest(report) {
  const failed = (report.testResults ?? []).filter((file) => file.status === "failed");
  return failed.map((file) => file.name);
}

/**
 * Which files of a Playwright JSON report failed, by their paths; null where an error belongs to none.
 * @param {any} report
 * @returns {string[] | null}
 */
export function failedInPlaywright(report) {
  if ((report.errors ?? []).length > 0) return null;
  const bad = (suite) =>
    suite.specs?.some((spec) => !spec.ok) || (suite.suites ?? []).some((inner) => bad(inner));
  const files = (report.suites ?? []).filter(bad).map((suite) => suite.file);
  return files.map((file) => join(report.config.rootDir, file));
}

/**
 * @param {Count[]} counts
 * @returns {Count}
 */
export function sumCounts(counts) {
  return counts.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
