import { mkdir, statfs } from "node:fs/promises";
import { connectGuest } from "@/lib/console/connect-guest";
import type { ConsoleDeps } from "@/lib/console/deps";
import type { ConsoleSession, ConsoleSessions } from "@/lib/console/sessions";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Hosts } from "@/lib/hypervisor/types";
import type { Logger } from "@/lib/log";
import { type Recorded, record, usualPace } from "@/lib/recording/recorder";
import { recordingPolicyOf } from "./get-policy";
import { onPolicyChanged } from "./policy-changes";
import { recordingFile } from "./recordings-folder";
import { removeRecording, thinRecordings } from "./sweep-recordings";

export interface RecordingDeps extends Pick<ConsoleDeps, "consoleEndpoint"> {
  db: Db;
  hosts: Hosts;
  log: Logger;
  sessions: ConsoleSessions;
  /** Where the files lie. */
  folder: string;
  clock: () => Date;
  delays?: RecordingDelays;
}

export interface RecordingDelays {
  /** From saying on the pages that the screen is recorded to its first picture. */
  noticeMs: number;
  /** After the last one has left, in case somebody comes back. */
  lingerMs: number;
  /** After a recording that failed. */
  againMs: number;
}

const usualDelays: RecordingDelays = { noticeMs: 1_000, lingerMs: 3_000, againMs: 10_000 };

/**
 * Who is at a screen: the consoles that could type. The wall, visitors and others who only watch
 * begin no recording, and are named in one that runs.
 */
const acting = { kind: "screen", viewOnly: false } as const;

/** The database lies on the same disk: it is never to be full of recordings. */
const leastFreeBytes = 1024 ** 3;

interface Live {
  projectId: string;
  stop: AbortController;
  /** Null until it has its row. */
  id: string | null;
  people: Set<string>;
  ended: Promise<void>;
  lingering: NodeJS.Timeout | null;
}

/** When to look whether another one is to begin; seamless: the sign stays until then. */
interface Next {
  afterMs: number;
  seamless: boolean;
}

/**
 * Records a VM's screen while somebody is at it, where its project wants that. The pages that show
 * the screen are told first. Of each VM there is one recording at a time, whoever looks.
 */
export class Recordings {
  /** By VM. */
  private readonly live = new Map<string, Live>();
  private readonly stops: (() => void)[] = [];
  private readonly delays: RecordingDelays;
  private stopping = false;

  constructor(private readonly deps: RecordingDeps) {
    this.delays = deps.delays ?? usualDelays;
  }

  start(): void {
    const { sessions } = this.deps;
    this.stops.push(
      sessions.onChange(({ vmId }) => this.look(vmId)),
      onPolicyChanged((projectId) => this.reconsider(projectId)),
    );
    for (const { vmId } of sessions.list(acting)) this.look(vmId);
  }

  /** Ends all recordings; resolves when their files are whole. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const stop of this.stops.splice(0)) stop();
    const ended = [...this.live.values()].map((each) => each.ended);
    for (const each of this.live.values()) each.stop.abort();
    await Promise.all(ended);
  }

  private look(vmId: string): void {
    if (this.stopping) return;
    const [first] = this.deps.sessions.list({ vmId, ...acting });
    const live = this.live.get(vmId);
    if (live === undefined) {
      if (first !== undefined) this.begin(first);
      return;
    }
    if (live.lingering !== null) clearTimeout(live.lingering);
    live.lingering = null;
    if (first === undefined) {
      live.lingering = setTimeout(() => live.stop.abort(), this.delays.lingerMs);
    } else if (first.projectId !== live.projectId) {
      live.stop.abort();
    }
    const known = live.people.size;
    const screens = this.deps.sessions.list({ vmId, kind: "screen" });
    for (const { userName } of screens) live.people.add(userName);
    if (live.people.size > known) this.run(this.notePeople(live));
  }

  /** The project's policy is another: what runs without being wanted ends, what is wanted begins. */
  private reconsider(projectId: string): void {
    for (const { vmId } of this.deps.sessions.list({ projectId, ...acting })) this.look(vmId);
    this.run(
      (async () => {
        const { mode } = await recordingPolicyOf(this.deps.db, projectId);
        if (mode !== "off") return;
        for (const each of this.live.values()) if (each.projectId === projectId) each.stop.abort();
      })(),
    );
  }

  private begin(session: ConsoleSession): void {
    const live: Live = {
      projectId: session.projectId,
      stop: new AbortController(),
      id: null,
      people: new Set(),
      ended: Promise.resolve(),
      lingering: null,
    };
    this.live.set(session.vmId, live);
    live.ended = this.follow(live, session);
    this.look(session.vmId);
  }

  /** From the question whether it is wanted to the end; then it begins anew if somebody is there. */
  private async follow(live: Live, session: ConsoleSession): Promise<void> {
    const { vmId } = session;
    let next: Next | null = null;
    try {
      const { mode, quotaMib } = await recordingPolicyOf(this.deps.db, session.projectId);
      if (mode !== "off") next = await this.record(live, session, quotaMib);
    } catch (error) {
      next = { afterMs: this.delays.againMs, seamless: false };
      const gone = this.deps.sessions.count({ vmId, ...acting }) === 0;
      // A guest that has ended takes its screen and its consoles along.
      if (!gone) this.deps.log.warn({ err: error, vmId }, "the screen could not be recorded");
    }
    if (live.lingering !== null) clearTimeout(live.lingering);
    this.live.delete(vmId);
    const watched = this.deps.sessions.count({ vmId, ...acting }) > 0;
    if (!watched || !next?.seamless) this.deps.sessions.setRecorded(vmId, false);
    if (next !== null) setTimeout(() => this.look(vmId), next.afterMs).unref();
  }

  private async record(live: Live, session: ConsoleSession, quotaMib: number): Promise<Next> {
    const { deps } = this;
    const { vmId, projectId, uuid, bootId } = session;
    const { signal } = live.stop;
    if (!deps.sessions.isRecorded(vmId)) {
      deps.sessions.setRecorded(vmId, true);
      await pause(this.delays.noticeMs, signal);
    }
    const host = deps.hosts.get(session.hostId);
    if (host === null || signal.aborted) return { afterMs: 0, seamless: false };
    const screen = await connectGuest(deps, { host, uuid, bootId }, signal);
    await mkdir(deps.folder, { recursive: true, mode: 0o700 });
    const id = newId();
    const people = JSON.stringify([...live.people]);
    const startedAt = deps.clock();
    await deps.db.recording.create({
      data: { id, projectId, vmId, vmName: session.vmName, startedAt, people },
    });
    live.id = id;
    let whole: Recorded = { segments: 0, bytes: 0, lengthMs: 0 };
    try {
      const { end } = await record({
        path: recordingFile(deps.folder, id),
        ...screen,
        // A project's recordings are never one alone, which could not be thinned out.
        pace: {
          ...usualPace,
          recordingBytes: Math.min(usualPace.recordingBytes, (quotaMib * 1024 * 1024) / 8),
        },
        signal,
        hasRoom: () => this.hasRoom(),
        onSegment: (recorded) => {
          whole = recorded;
          this.run(this.note(id, projectId, recorded));
        },
      });
      if (end === "no_room") deps.log.warn({ vmId }, "no room on the disk for recordings");
      const atOnce = end === "full" || end === "stopped";
      return { afterMs: atOnce ? 0 : this.delays.againMs, seamless: end === "full" };
    } finally {
      await this.close(id, whole);
    }
  }

  private async hasRoom(): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.deps.folder);
    return bavail * bsize > leastFreeBytes;
  }

  private async note(id: string, projectId: string, recorded: Recorded): Promise<void> {
    const { db } = this.deps;
    const data = { segments: recorded.segments, sizeBytes: recorded.bytes };
    await db.recording.updateMany({ where: { id, endedAt: null }, data });
    await thinRecordings(this.deps, projectId);
  }

  private async close(id: string, { segments, bytes: sizeBytes }: Recorded): Promise<void> {
    const { db, clock } = this.deps;
    if (segments === 0) return removeRecording(this.deps, id);
    const data = { segments, sizeBytes, endedAt: clock() };
    await db.recording.updateMany({ where: { id }, data });
  }

  private async notePeople({ id, people }: Live): Promise<void> {
    if (id === null) return;
    const data = { people: JSON.stringify([...people]) };
    await this.deps.db.recording.updateMany({ where: { id }, data });
  }

  private run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.deps.log.error({ err: error }, "a recording's row could not be kept");
    });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
