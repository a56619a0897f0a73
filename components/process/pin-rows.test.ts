import { expect, it } from "vitest";
import type { PinningView } from "@/lib/model/pinning";
import { askedOf, ownOf, rowsOf, setOf } from "./pin-rows";

const all = [0, 1, 2, 3];
const view: PinningView = {
  vmId: "v",
  cells: [],
  now: { vcpus: [[1], null], emulator: [0] },
  next: { vcpus: [[1], null, null], emulator: [0] },
  neighbours: [],
  commands: [],
};

it("a line a thread, with what stands in the next start's definition", () => {
  expect(rowsOf(view, {}).map(({ key, now, text }) => [key, now, text])).toEqual([
    ["0", [1], "1"],
    ["1", null, ""],
    ["2", undefined, ""],
    ["emulator", [0], "0"],
  ]);
});

it("only what is another set is asked for; all CPUs is none to be bound to", () => {
  const asked = (typed: Record<string, string>) => askedOf(rowsOf(view, typed), all);
  expect(asked({})).toEqual({ vcpus: [] });
  expect(asked({ "0": " 1 ", "1": "0-3" })).toEqual({ vcpus: [] });
  expect(asked({ "0": "", "2": "2,3", emulator: "0-1" })).toEqual({
    vcpus: [
      { vcpu: 0, cpus: null },
      { vcpu: 2, cpus: [2, 3] },
    ],
    emulator: [0, 1],
  });
  expect(asked({ "0": "one" })).toEqual({ vcpus: [] });
});

it("what only runs otherwise is asked for, so that both become one", () => {
  const drifted = { ...view, now: { vcpus: [[2], null], emulator: [0] } };
  expect(askedOf(rowsOf(drifted, {}), all)).toEqual({ vcpus: [{ vcpu: 0, cpus: [1] }] });
});

it("the CPUs of the fields, without those that say all", () => {
  const own = (typed: Record<string, string>) => ownOf(rowsOf(view, typed), all);
  expect(own({})).toEqual([1, 0]);
  expect(own({ "1": "0-3", "2": "x", emulator: "1-2" })).toEqual([1, 2]);
});

it("a field says a set, all, or nothing that is one", () => {
  expect([setOf("0-1"), setOf(" "), setOf("x")]).toEqual([[0, 1], null, undefined]);
});
