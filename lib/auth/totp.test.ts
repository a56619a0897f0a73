import { describe, expect, it } from "vitest";
import { codeAt } from "@/lib/services/factor/testing/factors";
import { newTotpSecret, totpStepOf, totpUri } from "./totp";

const now = new Date("2030-06-01T12:00:00.000Z");
const step = now.getTime() / 30_000;
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe("a code of the authenticator app", () => {
  it("is the one that RFC 6238 names", () => {
    // The RFC's secret "12345678901234567890" at 59 s: 94287082, of which six digits are shown.
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect(totpStepOf(secret, "287082", new Date(59_000))).toBe(1);
  });

  it.each([
    [-60, null],
    [-30, step - 1],
    [0, step],
    [29, step],
    [30, step + 1],
    [60, null],
  ])("shown %i s from now belongs to its own step or none", (seconds, expected) => {
    const secret = newTotpSecret();
    expect(totpStepOf(secret, codeAt(secret, at(seconds)), now)).toBe(expected);
  });

  it("of another secret is none", () => {
    const codes = new Set([-30, 0, 30].map((seconds) => codeAt(newTotpSecret(), at(seconds))));
    const own = newTotpSecret();
    for (const seconds of [-30, 0, 30]) codes.delete(codeAt(own, at(seconds)));
    for (const code of codes) expect(totpStepOf(own, code, now)).toBeNull();
  });
});

it("a secret has 160 bits, and its address says whose it is", () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(totpUri(secret, "ada@example.org"));
  expect(decodeURIComponent(uri.pathname)).toContain("Portico:ada@example.org");
  expect(uri.searchParams.get("secret")).toBe(secret);
});
