import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { keptSecret } from "./secret";

it("is made once, readable by its owner only, and leaves no draft", async () => {
  const folder = join(await tempDir(), "data");
  const secret = keptSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(64);
  expect(keptSecret(folder)).toBe(secret);
  expect(statSync(join(folder, "auth-secret")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["auth-secret"]);
  expect(readFileSync(join(folder, "auth-secret"), "utf8")).toBe(`${secret}\n`);
});

it("differs from installation to installation", async () => {
  expect(keptSecret(await tempDir())).not.toBe(keptSecret(await tempDir()));
});

it("refuses a file that was emptied rather than seal cookies with nothing", async () => {
  const folder = await tempDir();
  writeFileSync(join(folder, "auth-secret"), "\n");
  expect(() => keptSecret(folder)).toThrow(/holds no usable secret/);
});
