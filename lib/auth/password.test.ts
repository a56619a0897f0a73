import { expect, it } from "vitest";
import { hashPassword, nobodysHash, verifyPassword } from "./password";

it("hashes with argon2id at OWASP's cost, salted anew each time", async () => {
  const [one, two] = await Promise.all([
    hashPassword("a pass phrase"),
    hashPassword("a pass phrase"),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one, "a pass phrase")).toBe(true);
  expect(await verifyPassword(one, "a pass phrasE")).toBe(false);
});

it("takes a password typed on another keyboard, whatever its Unicode form", async () => {
  expect(await verifyPassword(await hashPassword("caf\u00e9 au lait"), "cafe\u0301 au lait")).toBe(
    true,
  );
});

it("no account has a password that fits, and comparing costs as much as with a real one", async () => {
  expect(await verifyPassword(null, "")).toBe(false);
  const costs = (hash: string) => hash.split("$").slice(0, 4);
  expect(costs(nobodysHash)).toEqual(costs(await hashPassword("x")));
  expect(nobodysHash).toHaveLength((await hashPassword("x")).length);
});
