/**
 * Browser tests that a third lane plays once the unit tests have ended, while the two others go on
 * with the rest: with these the three end at about the same time.
 */
export const lateTests = ["access.e2e.ts", "quota.e2e.ts", "below-path.e2e.ts", "pages.e2e.ts"];

/** Where the portal lies in the tests of one below a path. */
export const testBasePath = "/cloud";

/**
 * Which part of them the environment asks for: those of the third lane, the others, or (null) all.
 * @returns {"late" | "first" | null}
 */
export function testPart() {
  const part = process.env.PORTICO_TEST_PART;
  return part === "late" || part === "first" ? part : null;
}
