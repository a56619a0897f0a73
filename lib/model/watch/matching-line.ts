/**
 * The first line that has one of the texts; `*` stands for anything between. Upper and lower case
 * are the same. Takes time by the length of the lines alone, whatever the texts are.
 */
export function matchingLine(
  lines: readonly string[],
  texts: readonly string[],
): string | undefined {
  const wanted = texts.map((text) => text.toLowerCase().split("*"));
  return lines.find((line) => {
    const lower = line.toLowerCase();
    return wanted.some((parts) => hasInOrder(lower, parts));
  });
}

function hasInOrder(line: string, parts: readonly string[]): boolean {
  let at = 0;
  for (const part of parts) {
    const found = line.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/** A line as it is told: without the frame of the box that it stands in. */
export function withoutFrame(line: string): string {
  const bare = line.replace(/^[\s\u2500-\u259f]+|[\s\u2500-\u259f]+$/gu, "");
  return bare === "" ? line.trim() : bare;
}
