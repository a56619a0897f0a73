import { describe, expect, it } from "vitest";
import { Turns } from "./turns";

function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe("Turns", () => {
  it("runs one at a time per key, in order, whatever fails", async () => {
    const turns = new Turns();
    const log: string[] = [];
    const first = gate();
    const one = turns.take("a", 1000, async () => {
      log.push("one begins");
      await first.passed;
      log.push("one fails");
      throw new Error("one");
    });
    const two = turns.take("a", 1000, async () => log.push("two"));
    const other = turns.take("b", 1000, async () => log.push("other"));
    await other;
    first.open();
    await expect(one).rejects.toThrow("one");
    await two;
    expect(log).toEqual(["one begins", "other", "one fails", "two"]);
  });

  it("gives up on a turn that does not come, and never does its work", async () => {
    const turns = new Turns();
    const first = gate();
    const one = turns.take("a", 1000, () => first.passed);
    let ran = false;
    const late = turns.take("a", 1, async () => {
      ran = true;
    });
    await expect(late).rejects.toMatchObject({ code: "host.timeout", details: { sent: false } });
    const three = turns.take("a", 1000, async () => "three");
    first.open();
    await one;
    expect(await three).toBe("three");
    expect(ran).toBe(false);
  });
});
