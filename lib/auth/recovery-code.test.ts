import { expect, it } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-code";

it("are ten, different, and without characters that look alike", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([2-9a-hj-np-z]{4}-){3}[2-9a-hj-np-z]{4}$/);
});

it("may be typed in any case, with or without dashes and spaces", () => {
  const [code = ""] = newRecoveryCodes();
  const hash = recoveryCodeHash(code);
  expect(recoveryCodeHash(` ${code.toUpperCase().replaceAll("-", " ")} `)).toBe(hash);
  expect(recoveryCodeHash(code.replaceAll("-", ""))).toBe(hash);
  expect(recoveryCodeHash(`${code}2`)).not.toBe(hash);
  expect(hash).not.toContain(code);
});
