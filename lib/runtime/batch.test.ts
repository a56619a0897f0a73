import { expect, it } from "vitest";
import { Batch } from "./batch";

function lab() {
  const looks: { keys: string[]; finish: (fail?: Error) => void }[] = [];
  const batch = new Batch<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const finish = (fail?: Error) =>
          fail ? reject(fail) : resolve(new Map(keys.map((key) => [key, `${key}!`])));
        looks.push({ keys, finish });
      }),
  );
  return { batch, looks };
}

it("gathers what is asked while a look runs into one next look", async () => {
  const { batch, looks } = lab();
  const first = batch.ask("a");
  const others = [batch.ask("a"), batch.ask("b"), batch.ask("b")];
  expect(looks.map((look) => look.keys)).toEqual([["a"]]);
  looks[0]?.finish();
  expect(await first).toBe("a!");
  // Asked while the first look ran: what that one saw may be older than the question.
  expect(looks[1]?.keys).toEqual(["a", "b"]);
  looks[1]?.finish();
  expect(await Promise.all(others)).toEqual(["a!", "b!", "b!"]);
  const again = batch.ask("a");
  expect(looks).toHaveLength(3);
  looks[2]?.finish();
  expect(await again).toBe("a!");
});

it("a look that fails, fails for those who asked, and the next one goes on", async () => {
  const { batch, looks } = lab();
  const first = batch.ask("a");
  const second = batch.ask("b");
  looks[0]?.finish(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  looks[1]?.finish();
  expect(await second).toBe("b!");
});
