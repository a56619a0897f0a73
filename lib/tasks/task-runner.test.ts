import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { eventually } from "@/e2e/helpers/eventually";
import type { Db } from "@/lib/db/client";
import { tempDb } from "@/lib/db/testing/temp-db";
import { AppError } from "@/lib/model/errors";
import { FakeHosts } from "@/lib/services/testing/fake-hosts";
import { silentLog } from "@/lib/services/testing/silent-log";
import type { TaskDefinition } from "./definitions/definition";
import { announceTask, enqueueTask } from "./definitions/enqueue";
import { type AnyTaskHandler, anyHandler, type Step } from "./handlers/handler";
import { createTaskRunner, type RunnerDeps, type TaskRunner } from "./task-runner";

const steps = ["one", "two", "three"];
const definition: TaskDefinition<{ value: number }> = {
  kind: "vm.create",
  input: z.object({ value: z.number() }),
  steps,
  cancellable: true,
};

/** Three steps that keep what they did in a list, like side effects on a host. */
function recorder(override: Record<string, Partial<Step<{ value: number }>>> = {}) {
  const effects: string[] = [];
  const log: string[] = [];
  const step = (name: string): Step<{ value: number }> => ({
    async run() {
      log.push(name);
      if (!effects.includes(name)) effects.push(name);
    },
    async undo() {
      log.push(`-${name}`);
      if (effects.includes(name)) effects.splice(effects.indexOf(name), 1);
    },
    ...override[name],
  });
  const handler = {
    definition,
    steps: Object.fromEntries(steps.map((each) => [each, step(each)])),
  };
  const handlers: Record<string, AnyTaskHandler> = { "vm.create": anyHandler(handler) };
  return { effects, log, handlers };
}

async function enqueue(db: Db, options: { targetId?: string; hostId?: string } = {}) {
  const taskId = await enqueueTask(db, definition, {
    input: { value: 1 },
    projectId: "project",
    hostId: options.hostId ?? null,
    targetId: options.targetId ?? `target-${Math.random()}`,
    targetName: "target",
    actor: { userId: "u", name: "U" },
    now: new Date(),
  });
  announceTask(taskId, "project");
  return taskId;
}

function startRunner(db: Db, options: Partial<RunnerDeps>): TaskRunner {
  const runner = createTaskRunner({
    db,
    hosts: new FakeHosts(),
    log: silentLog,
    leaseMs: 400,
    unknownDelayMs: 20,
    ...options,
  });
  onTestFinished(() => runner.stop(0));
  runner.pump();
  return runner;
}

async function stateOf(db: Db, id: string) {
  const task = await db.task.findUniqueOrThrow({
    where: { id },
    include: { steps: { orderBy: { position: "asc" } } },
  });
  return { ...task, stepStates: task.steps.map((step) => step.state) };
}

/** A fail point that stops the world: the promise never ends, like a process that was killed. */
function crashAt(point: string) {
  let reached = (): void => undefined;
  const crashed = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const failPoint = async (name: string): Promise<void> => {
    if (name !== point) return;
    reached();
    await new Promise(() => undefined);
  };
  return { failPoint, crashed };
}

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

describe("two portals with one database", () => {
  it("never run one task twice", async () => {
    const db = await tempDb();
    const { log, handlers } = recorder();
    for (let index = 0; index < 4; index++) startRunner(db, { handlers, tasksPerHost: 50 });
    const ids = await Promise.all(Array.from({ length: 20 }, () => enqueue(db)));
    await eventually("the state", async () =>
      expect(await db.task.count({ where: { state: "done" } })).toBe(ids.length),
    );
    expect(log.filter((each) => each === "one")).toHaveLength(ids.length);
    expect(log.filter((each) => each === "three")).toHaveLength(ids.length);
  });

  it("leave a task to the one that renews its lease", async () => {
    const db = await tempDb();
    const { log, handlers } = recorder({
      two: {
        // Longer than the lease: only the heartbeat keeps it.
        run: () =>
          new Promise((resolve) => {
            log.push("two");
            setTimeout(resolve, 1_000);
          }),
      },
    });
    startRunner(db, { handlers });
    const id = await enqueue(db);
    startRunner(db, { handlers });
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
    let resume = (): void => undefined;
    const { effects, handlers } = recorder();
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
        if (name !== "vm.create:two:before") return;
        reached();
        await frozen;
      },
    });
    const id = await enqueue(db);
    await atPoint;
    await first.stop(0);
    startRunner(db, { handlers });
    await eventually("the state", async () => expect((await stateOf(db, id)).state).toBe("done"));
    const before = await stateOf(db, id);
    resume();
    await first.idle();
    expect(await stateOf(db, id)).toEqual(before);
    expect(effects).toEqual(["one", "two", "three"]);
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
  const runner = startRunner(db, { handlers, leaseMs: 600_000 });
  const id = await enqueue(db);
  await eventually("the state", () => expect(effects).toContain("two"));
  await runner.stop(0);
  await runner.idle();
  const task = await stateOf(db, id);
  expect(task).toMatchObject({ state: "running", leaseOwner: null });
  expect(task.leaseUntil?.getTime()).toBeLessThanOrEqual(Date.now());
});
