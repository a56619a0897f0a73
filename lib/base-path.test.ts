import { expect, test } from "vitest";
import { withBase, withoutBase } from "@/lib/base-path";

test("at the root of an origin paths stay as they are", () => {
  for (const path of ["/", "/p/default?state=off", "/console", "*", "http://portal/"]) {
    expect(withBase(path, "")).toBe(path);
    expect(withoutBase(path, "")).toBe(path);
  }
});

test("below a path they get it in front, and lose it again", () => {
  for (const [own, full] of [
    ["/", "/cloud"],
    ["/?a=1", "/cloud?a=1"],
    ["/p/default?state=off", "/cloud/p/default?state=off"],
    ["/cloud", "/cloud/cloud"],
  ] as const) {
    expect(withBase(own, "/cloud")).toBe(full);
    expect(withoutBase(full, "/cloud")).toBe(own);
  }
  expect(withoutBase("/cloud/", "/cloud")).toBe("/");
});

test("what lies elsewhere is not the portal's", () => {
  for (const path of ["/", "/console", "/clouds", "/cloudy/p", "/CLOUD", "//cloud", "*", ""]) {
    expect(withoutBase(path, "/cloud"), path).toBeNull();
  }
});
