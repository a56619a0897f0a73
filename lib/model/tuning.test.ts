import { expect, it } from "vitest";
import { type CellPages, pagesOf, poolProblem, tuneProblem } from "./tuning";

const cell: CellPages = { cell: 0, memoryKib: 1, cpus: [0], total: 100, free: 40 };
const plain = { hugePages: false, memoryCells: null, ioThreads: 0, disks: [] };

it("a pool grows into free memory only, and never below what guests have", () => {
  expect(poolProblem(cell, 60, 0)).toBeNull();
  expect(poolProblem(cell, 59, 0)).toMatchObject({ key: "tuning.pages_in_use" });
  const free = 2048 * 100;
  expect(poolProblem(cell, 175, free)).toBeNull();
  expect(poolProblem(cell, 176, free)).toEqual({ key: "tuning.no_room", values: { most: 175 } });
});

it("memory takes whole pages", () => {
  expect([pagesOf(2048), pagesOf(2049), pagesOf(65_536)]).toEqual([1, 2, 32]);
});

it.each([
  [{ hugePages: true }, 40, 0, null],
  [{ hugePages: true }, 41, 0, "tuning.pool_too_small"],
  [{ hugePages: true }, 41, 1, null],
  [{ hugePages: true, memoryCells: [0] }, 40, 0, null],
  [{ hugePages: false }, 1000, 0, null],
  [{ memoryCells: [1] }, 1, 0, "tuning.no_cell"],
  [{ ioThreads: 1, disks: [{ target: "vda", ioThread: 1 }] }, 1, 0, null],
  [{ ioThreads: 1, disks: [{ target: "vda", ioThread: 2 }] }, 1, 0, "tuning.no_thread"],
  [{ ioThreads: 1, disks: [{ target: "vdb", ioThread: null }] }, 1, 0, "tuning.no_disk"],
])("%j with %i pages and %i held", (change, pages, held, key) => {
  const problem = tuneProblem({ ...plain, ...change }, { cells: [cell], pages, held }, ["vda"]);
  expect(problem?.key ?? null).toBe(key);
});
