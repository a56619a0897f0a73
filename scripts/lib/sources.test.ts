import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashSources, readStamp, writeStamp } from "./sources.mjs";

let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-sources-"));
  write("app/page.tsx", "one");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("hashSources", () => {
  const hash = () => hashSources(["app", "proxy.ts"], folder);

  it("changes with content, name, and a file that appears", () => {
    const seen = new Set([hash()]);
    write("app/page.tsx", "two");
    seen.add(hash());
    write("app/deep/page.tsx", "two");
    seen.add(hash());
    write("proxy.ts", "");
    seen.add(hash());
    expect(seen.size).toBe(4);
  });

  it("does not change with tests, generated code, or when a file is written again", () => {
    const before = hash();
    write("app/page.test.tsx", "test");
    write("app/page.tsx", "one");
    expect(hash()).toBe(before);
    expect(hashSources(["lib"], folder)).toBe(hashSources([], folder));
    write("lib/db/generated/client.ts", "generated");
    expect(hashSources(["lib"], folder)).toBe(hashSources([], folder));
  });
});

describe("stamps", () => {
  it("are kept, and empty when there is none", () => {
    const file = join(folder, "dist/.stamp");
    expect(readStamp(file)).toBe("");
    writeStamp(file, "abc");
    expect(readStamp(file)).toBe("abc");
  });
});
