import { textFor } from "./messages.mjs";
import { paint } from "./say.mjs";

const marks = { ok: paint(32, "✓"), warn: paint(33, "!"), fail: paint(31, "✗") };

/**
 * The report as lines for a terminal: mark, title, what was found, and the command that mends it.
 * @param {{ status: "ok" | "warn" | "fail", checks: object[] }} report
 * @param {object} catalogue messages of the area "doctor"
 * @returns {string[]}
 */
export function doctorLines(report, catalogue) {
  const lines = report.checks.flatMap((check) => {
    const title = textFor(catalogue, check.titleKey);
    // QEMU's complaints have several lines; the first one says it.
    const detail = textFor(catalogue, check.detailKey, check.values).split("\n")[0];
    const said = `${marks[check.status]} ${title}: ${detail}`;
    return check.fix === null ? [said] : [said, `    ${check.fix}`];
  });
  return [...lines, "", textFor(catalogue, `summary.${report.status}`)];
}
