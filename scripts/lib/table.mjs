/**
 * Rows of text as lines with aligned columns; columns whose number is in `right` are set right.
 * @param {string[][]} rows
 * @param {number[]} [right]
 * @returns {string[]}
 */
export function table(rows, right = []) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join("  ")
      .trimEnd(),
  );
}
