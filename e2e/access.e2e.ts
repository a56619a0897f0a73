import { expect, test } from "@playwright/test";
import type { Answer } from "./access/answer";
import { builtActions, builtPaths, methodsOf } from "./access/build-doors";
import { fill } from "./access/knock";
import { roles } from "./access/roles";
import { aboutRights, type Cell, expectedAnswer } from "./access/row";
import { rows } from "./access/rows/all";
import { turnedAway } from "./access/together";
import { ask, detours, insides } from "./access/tricks";
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
  "stream GET /api/exports/backups/[id]",
  "stream GET /api/exports/vms/[id]",
  "socket /console",
  "socket /share/console",
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

  test("no header and no other writing of its address opens a page", async () => {
    const there = world.cell("outsider", "foreign");
    const canary = `Canary of ${there.project.slug}`;
    const path = `/p/${there.project.slug}`;
    expect((await ask(there.origin, path, there.who)).body).toContain(canary);
    const told: string[] = [];
    for (const role of ["anonymous", "owner"] as const) {
      const { origin, who } = world.cell(role, "foreign");
      for (const [each, headers] of detours(
        path,
        `/p/${world.cell("owner", "own").project.slug}`,
      )) {
        const { status, body } = await ask(origin, each, who, headers);
        const what = `${role} ${each} ${JSON.stringify(headers)}: ${status}`;
        if (status >= 500 || body.includes(canary)) told.push(what);
      }
    }
    expect(told).toEqual([]);
  });

  test("V13.4.1: nothing that lies beside what is served is served, to an administrator either", async () => {
    const { origin, who } = world.cell("admin", "own");
    const page = await ask(origin, "/p/one", who);
    const scripts = page.body.match(/\/_next\/static\/[\w/.~-]+\.js/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect((await ask(origin, scripts[0] ?? "", who)).status).toBe(200);
    const served: string[] = [];
    for (const path of [...insides, ...scripts.map((script) => `${script}.map`)]) {
      const { status, body } = await ask(origin, path, who);
      // 308 leads to the same address in its one writing, which is asked for, too.
      if (![308, 400, 404].includes(status) || /"dependencies"|\[core\]/.test(body)) {
        served.push(`${path}: ${status}`);
      }
    }
    expect(served).toEqual([]);
  });

  test("CSRF: no action and no route does what another site asks for", async () => {
    const { origin, who } = world.cell("admin", "own");
    const before = await world.movements.mark();
    const done: string[] = [];
    const actions = [...builtActions()];
    const senders = [
      { from: "https://evil.example", asked: actions },
      { from: null, asked: actions },
      // What an Origin is taken for is in lib/auth/origin.test.ts; here, that it is asked for at all.
      { from: `${origin}.evil.example`, asked: actions.slice(0, 5) },
      { from: "null", asked: actions.slice(0, 5) },
    ];
    for (const { from, asked } of senders) {
      const headers: Record<string, string> = { cookie: who.cookie };
      if (from !== null) headers.origin = from;
      const send = async (path: string, more: Record<string, string>) => {
        const init = { method: "POST", body: "[]", headers: { ...headers, ...more } } as const;
        const answer = await fetch(`${origin}${path}`, { ...init, redirect: "manual" });
        return { status: answer.status, body: await answer.text() };
      };
      for (const [name, { id, page }] of asked) {
        const path = fill(page, { project: "one" });
        const type = "text/plain;charset=UTF-8";
        const { status, body } = await send(path, { "next-action": id, "content-type": type });
        const refused = status >= 400 || body.includes('"code":"auth.forbidden"');
        if (!refused) done.push(`${name} from ${from}: ${status} ${body.slice(0, 200)}`);
      }
      for (const path of ["/sign-out", "/p/one/vms/x/console/ticket"]) {
        const form = { "content-type": "application/x-www-form-urlencoded" };
        const { status } = await send(path, form);
        if (status !== 403) done.push(`${path} from ${from}: ${status}`);
      }
    }
    expect(done).toEqual([]);
    expect(await world.movements.since(before)).toEqual([]);
  });

  /**
   * Everybody knocks; those first who are to be turned away. Answers and what they should be.
   * Those who are let in come one by one, unless they only look.
   */
  async function answersTo(
    harmless: boolean,
    cells: Record<string, Cell>,
    wantedOf: (cell: Cell) => Answer,
    knock: (cell: Cell) => Promise<Answer>,
  ) {
    const wanted = Object.fromEntries(
      Object.entries(cells).map(([name, cell]) => [name, wantedOf(cell)]),
    );
    const found: Record<string, Answer> = {};
    const away = Object.keys(cells).filter((name) => wanted[name] !== "let in");
    const knockers = away.map((name) => cells[name] as Cell);
    const answers = await turnedAway(knockers, knock, world.movements);
    for (const [index, name] of away.entries()) found[name] = answers[index] ?? "broken: nothing";
    const inward = Object.entries(cells).filter(([name]) => wanted[name] === "let in");
    const knockAt = async ([name, cell]: [string, Cell]) => {
      found[name] = await knock(cell);
    };
    if (harmless) await Promise.all(inward.map(knockAt));
    else for (const each of inward) await knockAt(each);
    return { wanted, found };
  }

  for (const row of rows) {
    test(row.door, async () => {
      const cells: Record<string, Cell> = {};
      for (const role of roles) {
        cells[`${role}, project one`] = world.cell(role, "own");
        cells[`${role}, project two`] = world.cell(role, "foreign");
      }
      const { wanted, found } = await answersTo(
        row.door.startsWith("page "),
        cells,
        ({ who, project }) => expectedAnswer(row, who, project.id),
        async (cell) => aboutRights(row, await row.knock(cell)),
      );
      expect(found).toEqual(wanted);
    });

    const { nested } = row;
    if (nested === undefined) continue;
    test(`${row.door} with an id inside that belongs elsewhere`, async () => {
      const cells = Object.fromEntries(roles.map((role) => [role, world.cell(role, "own")]));
      const { wanted, found } = await answersTo(
        false,
        cells,
        ({ who, project }) =>
          expectedAnswer(row, who, project.id) === "sign in" ? "sign in" : "not found",
        nested,
      );
      expect(found).toEqual(wanted);
    });
  }
});
