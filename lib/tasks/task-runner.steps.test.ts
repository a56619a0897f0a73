import { describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { tempDb } from "@/lib/db/testing/temp-db";
import { AppError } from "@/lib/model/errors";
import { FakeHosts } from "@/lib/services/testing/fake-hosts";
import { enqueue, recorder, startRunner, stateOf, steps } from "./task-runner.fixture";

describe("the task runner", () => {
  it("does the steps in order and says done", async () => {
    const db = await tempDb();
    const { effects, handlers } = recorder();
    startRunner(db, { handlers });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    expect(effects).toEqual(steps);
    const task = await stateOf(db, id);
    expect(task.stepStates).toEqual(["done", "done", "done"]);
    expect(task).toMatchObject({ progressPercent: 100, leaseOwner: null, error: null });
    expect(task.startedAt).not.toBeNull();
    expect(task.endedAt).not.toBeNull();
  });

  it("undoes everything in reverse order when a step fails, and keeps the reason", async () => {
    const db = await tempDb();
    const { effects, log, handlers } = recorder({
      three: {
        async run() {
          throw new AppError({
            code: "host.refused",
            message: "no",
            details: { reason: "libvirt's own words" },
          });
        },
      },
    });
    startRunner(db, { handlers });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    expect(effects).toEqual([]);
    expect(log).toEqual(["one", "two", "-three", "-two", "-one"]);
    const task = await stateOf(db, id);
    expect(JSON.parse(task.error ?? "")).toEqual({
      key: "host.refused",
      detail: "libvirt's own words",
    });
    expect(task.stepStates).toEqual(["undone", "undone", "failed"]);
  });

  it("shows a bug as internal, without its text", async () => {
    const db = await tempDb();
    const { handlers } = recorder({
      two: {
        async run() {
          throw new TypeError("secret detail");
        },
      },
    });
    startRunner(db, { handlers });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    expect((await stateOf(db, id)).error).toBe('{"key":"internal"}');
  });

  it("looks before it repeats a call whose outcome is unknown", async () => {
    const db = await tempDb();
    let calls = 0;
    const looks: string[] = [];
    const { effects, handlers } = recorder({
      two: {
        async run() {
          calls++;
          effects.push("two");
          throw new AppError({ code: "host.outcome_unknown", message: "the wire died" });
        },
        async look() {
          looks.push("two");
          return effects.includes("two");
        },
      },
    });
    startRunner(db, { handlers });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    expect(calls).toBe(1);
    expect(looks).toEqual(["two"]);
    expect(effects).toEqual(["one", "two", "three"]);
  });

  it("undoes a task that stays in doubt", async () => {
    const db = await tempDb();
    const { effects, handlers } = recorder({
      two: {
        async run() {
          throw new AppError({ code: "host.timeout", message: "too slow" });
        },
      },
    });
    startRunner(db, { handlers, unknownDelayMs: 1 });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    expect(effects).toEqual([]);
    expect((await stateOf(db, id)).error).toContain("host.timeout");
  });

  it("tries an undo again, and says which step could not be undone", async () => {
    const db = await tempDb();
    let tries = 0;
    const { handlers } = recorder({
      one: {
        async undo() {
          tries++;
          throw new AppError({ code: "host.refused", message: "busy" });
        },
      },
      two: {
        async run() {
          throw new AppError({ code: "host.refused", message: "no" });
        },
      },
    });
    startRunner(db, { handlers, unknownDelayMs: 1 });
    const id = await enqueue(db);
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("failed"));
    expect(tries).toBeGreaterThan(1);
    expect((await stateOf(db, id)).stepStates).toEqual(["failed", "failed", "pending"]);
  });

  it("undoes what a cancelled task has done", async () => {
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
    startRunner(db, { handlers });
    const id = await enqueue(db);
    await eventually("the state", () => expect(effects).toContain("two"));
    // Another portal writes the wish: the heartbeat of the one that runs it sees it.
    await db.task.update({ where: { id }, data: { cancelRequested: true } });
    await eventually("the state", async () =>
      expect((await stateOf(db, id)).state).toBe("cancelled"),
    );
    expect(effects).toEqual([]);
    expect((await stateOf(db, id)).stepStates).toEqual(["undone", "undone", "pending"]);
  });

  it("runs tasks of one target one after the other, others side by side", async () => {
    const db = await tempDb();
    let active = 0;
    let most = 0;
    const byTarget = new Map<string, number>();
    const { handlers } = recorder({
      two: {
        async run(context) {
          const task = await context.db.task.findUniqueOrThrow({ where: { id: context.taskId } });
          const target = task.targetId ?? "";
          byTarget.set(target, (byTarget.get(target) ?? 0) + 1);
          expect(byTarget.get(target)).toBe(1);
          most = Math.max(most, ++active);
          await new Promise((resolve) => setTimeout(resolve, 5));
          active--;
          byTarget.set(target, 0);
        },
      },
    });
    const runner = startRunner(db, { handlers, tasksPerHost: 2 });
    for (const targetId of ["a", "a", "b", "b", "c", "c"]) await enqueue(db, { targetId });
    await eventually("the state", async () =>
      expect(await db.task.count({ where: { state: "done" } })).toBe(6),
    );
    await runner.idle();
    expect(most).toBe(2);
  });

  it("waits for a host that is away, and begins when it is back", async () => {
    const db = await tempDb();
    const { effects, handlers } = recorder();
    const hosts = new FakeHosts();
    const host = hosts.add("away");
    host.connection = "unreachable";
    const runner = startRunner(db, { handlers, hosts });
    const id = await enqueue(db, { hostId: "away" });
    await runner.idle();
    expect((await stateOf(db, id)).state).toBe("queued");
    expect(effects).toEqual([]);
    host.connection = "connected";
    host.change({ type: "host" });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
  });
});
