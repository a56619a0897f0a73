import fc from "fast-check";
import { expect, it } from "vitest";
import { type KeptBackup, surplusBackups } from "./backup-retention";

const now = new Date("2026-11-27T12:00:00Z");
const backup = (id: string, daysAgo: number, differs: Partial<KeptBackup> = {}): KeptBackup => ({
  id,
  createdAt: new Date(now.getTime() - daysAgo * 24 * 3_600_000),
  state: "ready",
  verdict: null,
  scheduled: true,
  baseId: null,
  ...differs,
});

it("keeps the last ones, those that are young, and for good without a rule", () => {
  const all = [backup("a", 1), backup("b", 2), backup("c", 3), backup("d", 4)];
  expect(surplusBackups(all, { keepLast: 2, keepDays: null }, now)).toEqual(["c", "d"]);
  expect(surplusBackups(all, { keepLast: null, keepDays: 3 }, now)).toEqual(["c", "d"]);
  expect(surplusBackups(all, { keepLast: 1, keepDays: 4 }, now)).toEqual(["d"]);
  expect(surplusBackups(all, { keepLast: null, keepDays: null }, now)).toEqual([]);
});

it("keeps the last whole one, however old it is", () => {
  const damaged = { verdict: "damaged" };
  const all = [backup("a", 100, damaged), backup("b", 200), backup("c", 300)];
  expect(surplusBackups(all, { keepLast: 1, keepDays: null }, now)).toEqual(["c"]);
  expect(surplusBackups(all, { keepLast: null, keepDays: 1 }, now)).toEqual(["a", "c"]);
  const making = backup("new", 0, { state: "making" });
  expect(surplusBackups([making, backup("b", 200)], { keepLast: 1, keepDays: 1 }, now)).toEqual([]);
});

it("touches nothing that a person made, nor what that builds on", () => {
  const all = [
    backup("d", 1),
    backup("c", 2, { scheduled: false, baseId: "b" }),
    backup("b", 3, { baseId: "a" }),
    backup("a", 4),
    backup("old", 5, { scheduled: false }),
  ];
  expect(surplusBackups(all, { keepLast: 1, keepDays: null }, now)).toEqual([]);
});

it("ends a chain as a whole, the last link first", () => {
  const chain = [backup("c", 5, { baseId: "b" }), backup("b", 6, { baseId: "a" }), backup("a", 7)];
  const rules = { keepLast: 1, keepDays: null };
  expect(surplusBackups(chain, rules, now)).toEqual([]);
  expect(surplusBackups([backup("new", 1), ...chain], rules, now)).toEqual(["c", "b", "a"]);
});

it("leaves no link without its base, and always a whole one", () => {
  const one = fc.record({
    verdict: fc.constantFrom(null, "intact", "damaged"),
    scheduled: fc.boolean(),
    link: fc.boolean(),
    state: fc.constantFrom("ready", "ready", "ready", "making", "deleting"),
  });
  const rule = fc.option(fc.integer({ min: 1, max: 6 }));
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), rule, rule, (made, keepLast, keepDays) => {
      const all = made.map(({ link, ...each }, index) =>
        backup(String(index), 20 - index, {
          ...each,
          baseId: link && index > 0 ? String(index - 1) : null,
        }),
      );
      const gone = surplusBackups(all, { keepLast, keepDays }, now);
      const left = all.filter((each) => !gone.includes(each.id));
      const ids = new Set(left.map((each) => each.id));
      expect(left.every((each) => each.baseId === null || ids.has(each.baseId))).toBe(true);
      const good = (each: KeptBackup) => each.state === "ready" && each.verdict !== "damaged";
      expect(left.some(good)).toBe(all.some(good));
    }),
  );
});
