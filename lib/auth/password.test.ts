import { expect, it, onTestFinished } from "vitest";
import { Bounded } from "@/lib/runtime/bounded";
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

it("refuses, with a time to come again, when too many passwords wait, whosever they are", async () => {
  const store = globalThis as unknown as { __portico?: Map<string, unknown> };
  store.__portico?.set("auth.passwords", new Bounded({ atOnce: 1, waiting: 1 }));
  onTestFinished(() => void store.__portico?.delete("auth.passwords"));
  const [first, second] = [verifyPassword(null, "a"), verifyPassword(null, "b")];
  for (const hash of [null, nobodysHash]) {
    await expect(verifyPassword(hash, "c")).rejects.toMatchObject({
      code: "rate.limited",
      details: { seconds: 5 },
    });
  }
  expect([await first, await second]).toEqual([false, false]);
  expect(await verifyPassword(null, "c")).toBe(false);
});
