import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { readFormerSecrets } from "./former-secrets";
import { isSealedWith, openWith, sealWith } from "./seal";
import { openSecret, sealSecret } from "./sealed-secret";

const [first, second] = ["a".repeat(64), "b".repeat(64)] as const;

it("opens what it sealed, for its owner only, and shows nothing of it", () => {
  const sealed = sealSecret("JBSWY3DPEHPK3PXP", "ada");
  expect(openSecret(sealed, "ada")).toBe("JBSWY3DPEHPK3PXP");
  expect(openSecret(sealed, "bob")).toBeNull();
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("JBSWY3DP");
  expect(sealSecret("JBSWY3DPEHPK3PXP", "ada")).not.toBe(sealed);
});

it("refuses every changed character, and what is too short to be anything", () => {
  const sealed = sealSecret("secret", "ada");
  for (let index = 0; index < sealed.length; index++) {
    // The last character of base64 may have bits that mean nothing.
    const other = sealed[index] === "Q" ? "g" : "Q";
    const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
    expect(openSecret(changed, "ada"), `character ${index}`).toBeNull();
  }
  const head = sealed.slice(0, sealed.lastIndexOf(".") + 1);
  for (const short of ["", "AAAA", ".", "..", head, `${head}AAAA`, sealed.slice(0, -4)]) {
    expect(openSecret(short, "ada"), short).toBeNull();
  }
});

it("V11.2.2: names its form and its key, and an older key opens as long as it is there", () => {
  const sealed = sealWith(first, "text", "ada");
  expect(sealed).toMatch(/^1\.[\w-]{8}\.[\w-]+$/);
  expect(openWith([second, first], sealed, "ada")).toBe("text");
  expect(openWith([second], sealed, "ada")).toBeNull();
  expect(isSealedWith(first, sealed)).toBe(true);
  expect(isSealedWith(second, sealed)).toBe(false);
  expect(openWith([first], sealed.replace(/^1/, "2"), "ada")).toBeNull();
});

it("opens a seal of the time when seals named no key", () => {
  // Of an installation with the secret aaaa…, for "ada".
  const old = "VBBSjKHU1patVghkQtkhS9abhsONqrJJPQeOhqdLxrA";
  expect(openWith([second, first], old, "ada")).toBe("text");
  expect(openWith([first], old, "bob")).toBeNull();
  expect(isSealedWith(first, old)).toBe(false);
});

it("knows the secrets of a rotation that was cut off", async () => {
  const folder = await tempDir();
  expect(readFormerSecrets(folder)).toEqual([]);
  writeFileSync(join(folder, "auth-secret.former"), `${first}\n${second}\n`);
  expect(readFormerSecrets(folder)).toEqual([first, second]);
});
