import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path";

describe("ownPath", () => {
  it.each([
    ["/", "/"],
    ["/p/default/vms", "/p/default/vms"],
    ["/p/default/vms?state=running&q=a%20b", "/p/default/vms?state=running&q=a%20b"],
    ["/p/a/../b", "/p/b"],
    ["/p/x#part", "/p/x"],
  ])("keeps the own path %j", (asked, expected) => {
    expect(ownPath(asked)).toBe(expected);
  });

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "%09//evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    "/%2f/evil.example/%0a",
    "/%5cevil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "evil.example",
    "@evil.example",
    "/..//evil.example",
    "/%zz",
    " /p",
    "",
    `/${"a".repeat(1_000)}`,
    "/sign-in?callbackUrl=/sign-in",
    "/setup",
    "/api/auth/signout",
    null,
    undefined,
  ])("open redirect: %j leads to the start page", (asked) => {
    expect(ownPath(asked)).toBe("/");
  });

  it("never leaves the origin, whatever it is given", () => {
    const odd = fc.string({
      unit: fc.constantFrom("/", "\\", "\t", "%09", "%2f", ".", ":", "a", "@", "\n", "?", "#"),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), odd, fc.webUrl()), (asked) => {
        const url = new URL(ownPath(asked), "https://own.example");
        expect(url.origin).toBe("https://own.example");
      }),
      { numRuns: 2_000 },
    );
  });
});
