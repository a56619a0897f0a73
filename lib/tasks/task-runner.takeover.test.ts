import { describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { tempDb } from "@/lib/db/testing/temp-db";
import { AppError } from "@/lib/model/errors";
import { crashAt, enqueue, recorder, startRunner, stateOf, steps } from "./task-runner.fixture";

/** A runner that stands still at a point of its task, as a stalled process does, until `resume`. */
async function frozenAt(
  point: string,
  db: Awaited<ReturnType<typeof tempDb>>,
  handlers: Parameters<typeof startRunner>[1]["handlers"],
) {
  let resume = (): void => undefined;
  const frozen = new Promise<void>((resolve) => {
    resume = resolve;
  });
  let reached = (): void => undefined;
  const atPoint = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const first = startRunner(db, {
    handlers,
    failPoint: async (name) => {
      if (name !== point) return;
      reached();
      await frozen;
    },
  });
  const id = await enqueue(db);
  await atPoint;
  return { first, id, resume: () => resume() };
}

describe("two portals with one database", () => {
  it("never run one task twice", async () => {
    const db = await tempDb();
    const { log, handlers } = recorder();
    // Longer than all of it takes: who loses a lease leaves its task to the next.
    const options = { handlers, tasksPerHost: 50, leaseMs: 240_000 };
    for (let index = 0; index < 4; index++) startRunner(db, options);
    const ids = await Promise.all(Array.from({ length: 20 }, () => enqueue(db)));
    await eventually("the state", async () =>
      expect(await db.task.count({ where: { state: "done" } })).toBe(ids.length),
    );
    expect(log.filter((each) => each === "one")).toHaveLength(ids.length);
    expect(log.filter((each) => each === "three")).toHaveLength(ids.length);
  });

  it("leave a task to the one that renews its lease", async () => {
    const db = await tempDb();
    // Far longer than a busy machine may hold up the heartbeat.
    const leaseMs = 2_000;
    const { log, handlers } = recorder({
      two: {
        // Longer than the lease that it began with: only the heartbeat keeps it.
        async run({ taskId }) {
          log.push("two");
          const ends = async () => (await stateOf(db, taskId)).leaseUntil?.getTime() ?? 0;
          const first = await ends();
          await eventually("another lease", async () =>
            expect(await ends()).toBeGreaterThan(first + leaseMs),
          );
        },
      },
    });
    const options = { handlers, leaseMs };
    startRunner(db, options);
    const id = await enqueue(db);
    startRunner(db, options);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    expect(log).toEqual(["one", "two", "three"]);
  });
});

describe("a portal that dies", () => {
  const forward = steps.flatMap((step) => [`vm.create:${step}:before`, `vm.create:${step}:after`]);

  it.each(forward)("at %s is carried on by the next one", async (point) => {
    const db = await tempDb();
    const { effects, handlers } = recorder();
    const { failPoint, crashed } = crashAt(point);
    const first = startRunner(db, { handlers, failPoint });
    const id = await enqueue(db);
    await crashed;
    await first.stop(0);
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    expect(effects).toEqual(steps);
  });

  const backward = steps.flatMap((step) => [
    `vm.create:${step}:undo:before`,
    `vm.create:${step}:undo:after`,
  ]);

  it.each(backward)("at %s is undone to the end by the next one", async (point) => {
    const db = await tempDb();
    const { effects, handlers } = recorder({
      three: {
        async run() {
          throw new AppError({ code: "host.refused", message: "no" });
        },
      },
    });
    const { failPoint, crashed } = crashAt(point);
    const first = startRunner(db, { handlers, failPoint });
    const id = await enqueue(db);
    await crashed;
    await first.stop(0);
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    expect(effects).toEqual([]);
  });

  it("whose task was taken over writes nothing more, should it wake again", async () => {
    const db = await tempDb();
    const { log, handlers } = recorder();
    const { first, id, resume } = await frozenAt("vm.create:two:before", db, handlers);
    await first.stop(0);
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    const before = await stateOf(db, id);
    resume();
    await first.idle();
    expect(await stateOf(db, id)).toEqual(before);
    expect(log).toEqual(["one", "two", "three"]);
  });

  it("whose task was taken over undoes nothing more, should it wake again", async () => {
    const db = await tempDb();
    const { log, handlers } = recorder({
      three: {
        async run() {
          throw new AppError({ code: "host.refused", message: "no" });
        },
      },
    });
    const { first, id, resume } = await frozenAt("vm.create:three:undo:before", db, handlers);
    await first.stop(0);
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    const before = await stateOf(db, id);
    resume();
    await first.idle();
    expect(await stateOf(db, id)).toEqual(before);
    expect(log).toEqual(["one", "two", "-three", "-two", "-one"]);
  });

  it("gives up a run whose lease it could not prolong when that ends", async () => {
    const db = await tempDb();
    let broken = false;
    const task: Parameters<typeof db.$extends>[0] = {
      query: {
        task: {
          updateManyAndReturn: ({ args, query }) =>
            broken ? Promise.reject(new Error("no database")) : query(args),
        },
      },
    };
    const aborted = new Promise<void>((resolve) => {
      const { handlers } = recorder({
        two: {
          run: ({ signal }) =>
            new Promise((_resolve, reject) => {
              broken = true;
              signal.addEventListener("abort", () => {
                broken = false;
                reject(signal.reason);
                resolve();
              });
            }),
        },
      });
      startRunner(db.$extends(task) as unknown as typeof db, { handlers });
    });
    await enqueue(db);
    await aborted;
  });

  it("leaves no lease for ever when the clock goes back", async () => {
    const db = await tempDb();
    const { handlers } = recorder();
    const id = await enqueue(db);
    await db.task.update({
      where: { id },
      data: {
        state: "running",
        leaseOwner: "gone",
        leaseUntil: new Date(Date.now() + 24 * 3_600_000),
      },
    });
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
  });
});

it("a portal that stops in order gives its tasks back at once", async () => {
  const db = await tempDb();
  const { effects, handlers } = recorder({
    two: {
      run: ({ signal }) =>
        new Promise((_resolve, reject) => {
          effects.push("two");
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    },
  });
  const runner = startRunner(db, { handlers, leaseMs: 240_000 });
  const id = await enqueue(db);
  await eventually("the state", () => expect(effects).toContain("two"));
  await runner.stop(0);
  await runner.idle();
  const task = await stateOf(db, id);
  expect(task).toMatchObject({ state: "running", leaseOwner: null });
  expect(task.leaseUntil?.getTime()).toBeLessThanOrEqual(Date.now());
});
