import { expect, it } from "vitest";
import { inOrder, isNewBoot } from "./start-order";

const at = (seconds: number) => new Date(Date.parse("2030-01-01T00:00:00Z") + seconds * 1000);
const seen = (bootedAt: number, seenAt: number) => ({ bootedAt: at(bootedAt), seenAt: at(seenAt) });

it.each([
  ["the same one, a moment later", seen(0, 100), seen(0, 105), false],
  ["a clock of processors that loses a hundredth", seen(10, 1000), seen(20, 2000), false],
  ["the same after a night without a portal", seen(0, 1000), seen(400, 41_000), false],
  ["a boot between two looks", seen(0, 1000), seen(1002, 1010), true],
  ["a boot while no portal ran, long ago", seen(0, 1000), seen(2000, 90_000), true],
  ["a boot that began before the last look ended", seen(0, 1000), seen(999, 1005), true],
  ["a wall clock that was put forward", seen(0, 1000), seen(3600, 4700), true],
])("%s", (_what, known, now, isNew) => {
  expect(isNewBoot(known, now)).toBe(isNew);
});

it("equal numbers go by name", () => {
  const vm = (name: string, position: number) => ({ name, position });
  const sorted = inOrder([vm("b", 2), vm("z", 1), vm("a", 2)]);
  expect(sorted.map(({ name }) => name)).toEqual(["z", "a", "b"]);
});
