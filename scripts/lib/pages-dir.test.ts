import { describe, expect, it } from "vitest";
import { basePathPattern, pagesDir } from "./pages-dir.mjs";
import { readSetup } from "./setup.mjs";
import { build } from "./steps/build.mjs";
import { StepError } from "./steps.mjs";

describe("the folder of built pages", () => {
  it("is one for each path", () => {
    const paths = ["", "/a", "/a/b", "/a-b", "/a_b", "/ab"];
    expect(paths.every((path) => basePathPattern.test(path))).toBe(true);
    expect(new Set(paths.map(pagesDir)).size).toBe(paths.length);
    expect(pagesDir("")).toBe(".next");
  });

  it("is not looked for by what is no path", () => {
    for (const basePath of ["cloud", "/", "/cloud/", "/../..", "/a.b"]) {
      expect(() => build.plan({ ...readSetup(), basePath }), basePath).toThrow(StepError);
    }
  });
});
