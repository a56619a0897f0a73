import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { uploadsFolder } from "@/lib/services/image/uploads-folder";
import { onBus, publish } from "@/lib/services/live/bus";
import { taskHandlers } from "./handlers/all";
import type { AnyTaskHandler } from "./handlers/handler";
import { claimTask, openTaskStates, releaseLease, renewLease, unheld } from "./lease";
import { firstOfEachTarget, nextLeaseEndMs } from "./pick";
import { progressWriter } from "./progress";
import { type ClaimedTask, runTask } from "./run-task";

export interface RunnerDeps {
  db: Db;
  hosts: Hosts;
  log: Logger;
  /** The rest has defaults for production; tests bring their own. */
  clock?: () => Date;
  handlers?: Record<string, AnyTaskHandler>;
  failPoint?: (name: string) => Promise<void>;
  uploadsDir?: string;
  leaseMs?: number;
  unknownDelayMs?: number;
  tasksPerHost?: number;
}

export interface TaskRunner {
  /** Looks for work now. */
  pump(): void;
  /** Resolves when no task runs here and none can be taken. */
  idle(): Promise<void>;
  /**
   * Takes no more work, gives running steps `drainMs`, then leaves them: another runner goes on
   * where the step rows say, at once when the step still noticed that it was stopped.
   */
  stop(drainMs: number): Promise<void>;
}

interface Running {
  /** Of this run alone. */
  owner: string;
  /** Until when its lease was last prolonged. */
  heldUntil: Date;
  hostId: string | null;
  targetId: string | null;
  abort: AbortController;
  cancelRequested: boolean;
  ended: Promise<void>;
}

const defaults = { leaseMs: 20_000, unknownDelayMs: 3_000, tasksPerHost: 4 };
/** A task that ends in doubt this often is undone. */
const maxUnknowns = 5;

/** A runner that takes tasks from the table as they come; several may share one table. */
export function createTaskRunner(deps: RunnerDeps): TaskRunner {
  const clock = deps.clock ?? (() => new Date());
  const handlers = deps.handlers ?? taskHandlers;
  const settings = { ...defaults, ...withoutUndefined(deps) };
  const running = new Map<string, Running>();
  const unknowns = new Map<string, number>();
  let stopped = false;
  let pumping: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;

  const pump = (): void => {
    if (stopped) return;
    again = true;
    pumping ??= pumpAll().finally(() => {
      pumping = null;
      // A call between the loop's last look and this line must not be lost.
      if (again) pump();
    });
  };

  async function pumpAll(): Promise<void> {
    while (again && !stopped) {
      again = false;
      await takeWork().catch((error: unknown) => {
        deps.log.error({ err: error }, "tasks could not be read");
        wakeIn(settings.leaseMs);
      });
    }
  }

  async function takeWork(): Promise<void> {
    const open = await deps.db.task.findMany({
      where: { state: { in: openTaskStates } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true, targetId: true, hostId: true, leaseUntil: true, cancelRequested: true },
    });
    const now = clock();
    const free = await deps.db.task.findMany({ where: unheld(now), select: { id: true } });
    const freeIds = new Set(free.map((each) => each.id));
    for (const task of firstOfEachTarget(open)) {
      if (stopped || running.has(task.id) || !freeIds.has(task.id)) continue;
      if (!hasRoom(task.hostId) || !(task.cancelRequested || isReachable(task.hostId))) continue;
      await take(task.id);
    }
    const held = open.filter((task) => !running.has(task.id) && !freeIds.has(task.id));
    const delayMs = nextLeaseEndMs(held, now);
    if (delayMs !== null) wakeIn(delayMs);
  }

  function hasRoom(hostId: string | null): boolean {
    const here = [...running.values()].filter((each) => each.hostId === hostId);
    return here.length < settings.tasksPerHost;
  }

  /** A task whose host is away waits for it; an inventory change wakes the runner. */
  function isReachable(hostId: string | null): boolean {
    return hostId === null || deps.hosts.get(hostId)?.connection === "connected";
  }

  function wakeIn(delayMs: number): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(pump, delayMs);
    timer.unref();
  }

  async function take(taskId: string): Promise<void> {
    const lease = { owner: newId(), now: clock(), leaseMs: settings.leaseMs };
    if (!(await claimTask(deps.db, taskId, lease))) return;
    const task = await deps.db.task.findUniqueOrThrow({
      where: { id: taskId },
      include: { steps: { orderBy: { position: "asc" } } },
    });
    if (task.startedAt === null) {
      await deps.db.task.update({ where: { id: taskId }, data: { startedAt: lease.now } });
    }
    const handler = handlers[task.kind];
    if (!handler) {
      deps.log.error({ taskId, kind: task.kind }, "task of an unknown kind is left alone");
      return;
    }
    start(task, handler, lease.owner);
  }

  function start(task: ClaimedTask, handler: AnyTaskHandler, owner: string): void {
    const abort = new AbortController();
    const entry: Running = {
      owner,
      heldUntil: task.leaseUntil ?? clock(),
      hostId: task.hostId,
      targetId: task.targetId,
      abort,
      cancelRequested: task.cancelRequested,
      ended: Promise.resolve(),
    };
    running.set(task.id, entry);
    const heartbeat = setInterval(() => {
      holds(task.id, entry).catch((error: unknown) => {
        deps.log.warn({ err: error, taskId: task.id }, "lease not renewed");
        // By now it may be another one's.
        if (clock() >= entry.heldUntil) entry.abort.abort();
      });
    }, settings.leaseMs / 4);
    heartbeat.unref();
    abort.signal.addEventListener("abort", () => {
      if (stopped) clearInterval(heartbeat);
    });
    entry.ended = execute(task, handler, entry).finally(() => {
      clearInterval(heartbeat);
      running.delete(task.id);
      pump();
    });
  }

  async function holds(taskId: string, entry: Running): Promise<boolean> {
    const { leaseMs } = settings;
    const lease = { owner: entry.owner, now: clock(), leaseMs };
    const renewed = await renewLease(deps.db, taskId, lease);
    if (renewed === null) {
      entry.abort.abort();
      return false;
    }
    entry.heldUntil = new Date(lease.now.getTime() + leaseMs);
    if (renewed.cancelRequested) requestCancel(entry);
    return true;
  }

  function requestCancel(entry: Running): void {
    entry.cancelRequested = true;
    entry.abort.abort();
  }

  async function execute(
    task: ClaimedTask,
    handler: AnyTaskHandler,
    entry: Running,
  ): Promise<void> {
    publish({ type: "task", taskId: task.id, projectId: task.projectId });
    const left = unknowns.get(task.id) ?? 0;
    const { owner } = entry;
    try {
      const result = await runTask({
        task,
        handler,
        owner,
        context: {
          db: deps.db,
          hosts: deps.hosts,
          log: deps.log,
          clock,
          uploadsDir: deps.uploadsDir ?? uploadsFolder(),
          taskId: task.id,
          signal: entry.abort.signal,
          progress: progressWriter(deps, task, owner),
        },
        holds: () => holds(task.id, entry),
        failPoint: deps.failPoint ?? (async () => undefined),
        cancelled: () => entry.cancelRequested,
        givesUp: () => left + 1 >= maxUnknowns,
        unknownDelayMs: settings.unknownDelayMs * 2 ** Math.min(left, 4),
      });
      if (result === "unknown") unknowns.set(task.id, left + 1);
      else unknowns.delete(task.id);
      if (result === "left" && stopped) await releaseLease(deps.db, task.id, owner, clock());
    } catch (error) {
      deps.log.error({ err: error, taskId: task.id }, "task left to its lease");
    }
  }

  const offBus = onBus((message) => {
    if (message.type === "task.queued") pump();
    if (message.type !== "task.cancel") return;
    const entry = running.get(message.taskId);
    if (entry) requestCancel(entry);
    else pump();
  });
  const offHosts = deps.hosts.onChange((_host, change) => {
    if (change.type === "resync" || change.type === "host") pump();
  });

  return {
    pump,
    async idle() {
      pump();
      while (pumping || running.size > 0) {
        await pumping;
        await Promise.all([...running.values()].map((each) => each.ended));
      }
    },
    async stop(drainMs) {
      stopped = true;
      offBus();
      offHosts();
      if (timer) clearTimeout(timer);
      const all = Promise.all([...running.values()].map((each) => each.ended));
      await Promise.race([all, rest(drainMs)]);
      for (const entry of running.values()) entry.abort.abort();
    },
  };
}

function rest(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs).unref());
}

function withoutUndefined(deps: RunnerDeps): Partial<typeof defaults> {
  const { leaseMs, unknownDelayMs, tasksPerHost } = deps;
  return Object.fromEntries(
    Object.entries({ leaseMs, unknownDelayMs, tasksPerHost }).filter(([, value]) => value),
  );
}
