import { expect, it } from "vitest";
import { hashOfToken, hintOfToken, newTokenSecret } from "./token-secret";

it("has the prefix that scanners look for, 256 bits of chance and its own checksum", () => {
  const secrets = Array.from({ length: 200 }, newTokenSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) {
    expect(secret).toMatch(/^portico_[0-9A-Za-z]{49}$/);
    expect(hashOfToken(secret)).toMatch(/^[\w-]{43}$/);
    expect(secret.startsWith(hintOfToken(secret))).toBe(true);
    expect(hintOfToken(secret)).toHaveLength(12);
  }
});

it("a mistyped, cut or lengthened token is not one", () => {
  const secret = newTokenSecret();
  const other = secret[20] === "a" ? "b" : "a";
  const wrong = [
    `${secret.slice(0, 20)}${other}${secret.slice(21)}`,
    secret.slice(0, -1),
    `${secret}0`,
    secret.replace("portico_", "PORTICO_"),
    ` ${secret}`,
    `${secret}\n`,
    "portico_",
    "",
  ];
  for (const each of wrong) expect(hashOfToken(each)).toBeNull();
});
