import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-code";

it("are ten, different, and without characters that look alike", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([2-9a-hj-np-z]{4}-){6}[2-9a-hj-np-z]{4}$/);
});

it("may be typed in any case, with or without dashes and spaces", () => {
  const [code = ""] = newRecoveryCodes();
  const hash = recoveryCodeHash(code);
  expect(recoveryCodeHash(` ${code.toUpperCase().replaceAll("-", " ")} `)).toBe(hash);
  expect(recoveryCodeHash(code.replaceAll("-", ""))).toBe(hash);
  expect(recoveryCodeHash(`${code}2`)).not.toBe(hash);
  expect(hash).not.toContain(code);
});

it("V6.5.2, V11.5.1: have more than 128 random bits, as many as they look to have", () => {
  const letters = Array.from({ length: 200 }, newRecoveryCodes).flat().join("").replaceAll("-", "");
  expect(letters.length / 2000).toBe(28);
  // Each of the 32 letters is there as often as the others, within six standard deviations.
  const alphabet = [...new Set(letters)];
  const mean = letters.length / alphabet.length;
  for (const letter of alphabet) {
    const often = letters.split(letter).length - 1;
    expect(Math.abs(often - mean), letter).toBeLessThan(6 * Math.sqrt(mean));
  }
  expect(28 * Math.log2(alphabet.length)).toBeGreaterThanOrEqual(128);
});

it("codes of 80 bits that were made before work on", () => {
  expect(recoveryCodeHash("2345-6789-abcd-efgh")).toBe(
    createHash("sha256").update("recovery code 23456789abcdefgh").digest("base64url"),
  );
});
