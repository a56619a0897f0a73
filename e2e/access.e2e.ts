import { expect, test } from "@playwright/test";
import { builtActions, builtPaths, methodsOf } from "./access/build-doors";
import { roles } from "./access/roles";
import { aboutRights, expectedAnswer } from "./access/row";
import { rows } from "./access/rows/all";
import { type AccessWorld, startAccessWorld } from "./access/world";

/**
 * Doors that Next does not know, since they stand before it. The operations of the API, which is
 * one more, have a matrix of their own: lib/api/rights.test.ts walks through their table.
 */
const ownDoors = [
  "tus POST /api/uploads",
  "tus HEAD /api/uploads/[id]",
  "tus PATCH /api/uploads/[id]",
  "tus DELETE /api/uploads/[id]",
  "socket /console",
];

test("every door of the build has a row, and every row a door", () => {
  const { pages, routes } = builtPaths();
  const doors = [
    ...[...builtActions().keys()].map((name) => `action ${name}`),
    ...pages.map((path) => `page ${path}`),
    ...routes.flatMap((path) => methodsOf(path).map((method) => `${method} ${path}`)),
    ...ownDoors,
  ];
  expect(rows.map((row) => row.door).sort()).toEqual(doors.sort());
});

test.describe("who may what", () => {
  let world: AccessWorld;
  test.beforeAll(async () => {
    world = await startAccessWorld();
  });
  test.afterAll(async () => {
    await world?.stop();
  });

  for (const row of rows) {
    test(row.door, async () => {
      const wanted: Record<string, string> = {};
      const found: Record<string, string> = {};
      for (const role of roles) {
        for (const where of ["own", "foreign"] as const) {
          const cell = world.cell(role, where);
          const cellName = `${role}, ${where === "own" ? "project one" : "project two"}`;
          wanted[cellName] = expectedAnswer(row, cell.who, cell.project.id);
          found[cellName] = aboutRights(row, await row.knock(cell));
        }
      }
      expect(found).toEqual(wanted);
    });

    const { nested } = row;
    if (nested === undefined) continue;
    test(`${row.door} with an id inside that belongs elsewhere`, async () => {
      const wanted: Record<string, string> = {};
      const found: Record<string, string> = {};
      for (const role of roles) {
        const cell = world.cell(role, "own");
        const expected = expectedAnswer(row, cell.who, cell.project.id);
        wanted[role] = expected === "let in" ? "not found" : expected;
        found[role] = await nested(cell);
      }
      expect(found).toEqual(wanted);
    });
  }
});
