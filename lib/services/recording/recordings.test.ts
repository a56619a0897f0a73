import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { type ConsoleSession, ConsoleSessions } from "@/lib/console/sessions";
import { newId } from "@/lib/db/id";
import { readPacked } from "@/lib/recording/read-recording";
import { hello, rawRect, update } from "@/lib/recording/testing/fake-screen";
import { addRecording } from "../testing/screen-rows";
import { addVm, makeWorld, type World } from "../testing/world";
import { deleteRecording } from "./delete-recording";
import { getRecording } from "./get-recording";
import { listRecordings } from "./list-recordings";
import { mendRecordings } from "./mend-recordings";
import { noteExport } from "./note-export";
import { readSegment } from "./read-segment";
import { type RecordingDeps, Recordings } from "./recordings";
import { setRecordingPolicy } from "./set-policy";
import { sweepRecordings } from "./sweep-recordings";

const picture = update(rawRect([0, 0, 4, 4], 7));

/** A guest's VNC server: one picture for each who asks for all of the screen. */
async function startScreen(folder: string): Promise<{ path: string; taken: () => number }> {
  let taken = 0;
  const path = join(folder, "vnc.sock");
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(hello(4, 4));
    socket.on("data", (data) => {
      const request = data.subarray(-10);
      if (request[0] === 3 && request[1] === 0) socket.write(picture);
      // Whoever asks for changes has the picture.
      if (request[0] === 3 && request[1] === 1) taken += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
  });
  return { path, taken: () => taken };
}

async function start(): Promise<{
  world: World;
  deps: RecordingDeps;
  recordings: Recordings;
  come(who?: string, viewOnly?: boolean): () => void;
  vmId: string;
  /** How many recordings have their first picture. */
  taken(): number;
}> {
  const world = await makeWorld();
  const folder = mkdtempSync(join(tmpdir(), "portico-recordings-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { path, taken } = await startScreen(folder);
  const vm = await addVm(world);
  const sessions = new ConsoleSessions();
  const deps: RecordingDeps = {
    db: world.db,
    hosts: world.hosts,
    log: world.admin.log,
    sessions,
    folder: join(folder, "recordings"),
    clock: () => new Date(),
    consoleEndpoint: async () => ({ path, bootId: "boot" }),
    delays: { noticeMs: 0, lingerMs: 0, againMs: 10 },
  };
  const recordings = new Recordings(deps);
  recordings.start();
  onTestFinished(() => recordings.stop());
  const come = (userName = "Ada", viewOnly = false) => {
    const session: ConsoleSession = {
      id: newId(),
      vmId: vm.id,
      vmName: vm.name,
      projectId: world.project,
      hostId: "local",
      uuid: vm.uuid,
      bootId: "boot",
      kind: "screen",
      userId: newId(),
      userName,
      sessionId: newId(),
      viewOnly,
      via: "member",
      shareId: null,
      openedAt: new Date(),
    };
    const place = sessions.enter(session, () => undefined);
    return "leave" in place ? place.leave : () => undefined;
  };
  return { world, deps, recordings, come, vmId: vm.id, taken };
}

const wanted = { mode: "consoles", keepDays: 30, quotaMib: 64 } as const;
const policy = (world: World, data: object = {}) =>
  setRecordingPolicy(world.owner, { projectId: world.project, ...wanted, ...data });
const rows = (world: World) => world.db.recording.findMany({ orderBy: { startedAt: "asc" } });

test("nothing is recorded unless the project wants it", async () => {
  const { world, deps, come, vmId } = await start();
  const leave = come();
  await expect.poll(() => deps.sessions.isRecorded(vmId)).toBe(false);
  leave();
  expect(await rows(world)).toEqual([]);
});

test("it is said first, runs while somebody is there, and names who was", async () => {
  const { world, deps, come, vmId, taken } = await start();
  await policy(world);
  const said: [boolean, number][] = [];
  deps.sessions.onChange(() => {
    const files = statSync(deps.folder, { throwIfNoEntry: false }) ? readdirSync(deps.folder) : [];
    said.push([deps.sessions.isRecorded(vmId), files.length]);
  });
  // Who only watches does nothing that is to be recorded.
  const watcher = come("Vera", true);
  await expect.poll(() => deps.sessions.isRecorded(vmId)).toBe(false);
  watcher();
  expect(await rows(world)).toEqual([]);
  const leave = come();
  await expect.poll(async () => (await rows(world)).length).toBe(1);
  expect(said).toContainEqual([true, 0]);
  const leaveToo = come("Grace");
  await expect.poll(async () => (await rows(world))[0]?.people).toBe('["Ada","Grace"]');
  await expect.poll(taken).toBe(1);
  leave();
  expect(deps.sessions.isRecorded(vmId)).toBe(true);
  leaveToo();
  await expect.poll(async () => (await rows(world))[0]?.endedAt).toBeTruthy();
  expect(deps.sessions.isRecorded(vmId)).toBe(false);
  const [view] = await listRecordings(world.owner, { projectId: world.project });
  expect(view).toMatchObject({ vmId, vmThere: true, people: ["Ada", "Grace"] });

  const recordingId = view?.id ?? "";
  const detail = await getRecording(world.auditor, { recordingId }, deps.folder);
  expect(detail.segments).toMatchObject([{ width: 4, height: 4, startMs: expect.any(Number) }]);
  for (const segment of [0, 0]) {
    const packed = await readSegment(world.owner, { recordingId, segment }, deps.folder);
    expect(gunzipSync(packed).subarray(0, picture.length)).toEqual(picture);
  }
  await expect(
    readSegment(world.owner, { recordingId, segment: 9 }, deps.folder),
  ).rejects.toMatchObject({
    code: "input.invalid",
  });
  for (const who of [world.member, world.viewer]) {
    await expect(readSegment(who, { recordingId, segment: 0 }, deps.folder)).rejects.toMatchObject({
      code: "auth.forbidden",
    });
  }
  const played = { action: "recording.play", targetId: recordingId };
  expect(await world.db.auditEvent.count({ where: played })).toBe(1);

  const film = { recordingId, format: "webm", fromMs: 1_200, toMs: 3_400 } as const;
  await noteExport(world.auditor, film);
  await expect(noteExport(world.member, film)).rejects.toMatchObject({ code: "auth.forbidden" });
  const exported = { action: "recording.export", targetId: recordingId, outcome: "ok" };
  const noted = await world.db.auditEvent.findMany({ where: exported });
  expect(noted.map((row) => [row.actorId, JSON.parse(row.detail ?? "")])).toMatchObject([
    [world.auditor.actor.userId, { format: "webm", fromSeconds: 1, toSeconds: 4 }],
  ]);

  await deleteRecording(world.owner, { recordingId }, deps.folder);
  expect(readdirSync(deps.folder)).toEqual([]);
  expect(await rows(world)).toEqual([]);
});

test("a policy begins with who is there already, and ends what it no longer wants", async () => {
  const { world, deps, come, vmId, taken } = await start();
  come();
  await policy(world);
  await expect.poll(taken).toBe(1);
  const [row] = await rows(world);
  await expect(deleteRecording(world.owner, { recordingId: row?.id ?? "" })).rejects.toMatchObject({
    code: "conflict.rule",
  });
  await policy(world, { mode: "off" });
  await expect.poll(async () => (await rows(world))[0]?.endedAt).toBeTruthy();
  expect(deps.sessions.isRecorded(vmId)).toBe(false);
});

test("the portal's end makes the file whole, and a kill is mended", async () => {
  const { world, deps, recordings, come, taken } = await start();
  await policy(world);
  come();
  await expect.poll(taken).toBe(1);
  const [{ id } = { id: "" }] = await rows(world);
  const file = join(deps.folder, `${id}.rfb`);
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(16);
  await recordings.stop();
  expect(await readPacked(file, 0)).not.toBeNull();
  const ended = { endedAt: null, segments: 0 };
  await world.db.recording.update({ where: { id }, data: ended });
  await addRecording(world, { id: "gone", name: "gone" }, { id: "empty", ...ended });
  writeFileSync(file, "rubbish", { flag: "a" });
  await mendRecordings(deps);
  expect(await rows(world)).toMatchObject([{ id, segments: 1, endedAt: expect.any(Date) }]);
  truncateSync(file, 20);
  await world.db.recording.update({ where: { id }, data: { endedAt: null } });
  await mendRecordings(deps);
  expect(await rows(world)).toEqual([]);
});

test("the oldest go when the quota is full, what is too old goes, and strays do", async () => {
  const { world, deps } = await start();
  await policy(world, { keepDays: 2, quotaMib: 64 });
  const mib = 1024 * 1024;
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const add = (days: number, sizeBytes: number, ended = true) =>
    addRecording(
      world,
      { id: "vm", name: "vm" },
      {
        startedAt: daysAgo(days),
        endedAt: ended ? daysAgo(days) : null,
        sizeBytes,
      },
    );
  await add(3, 1);
  const running = await add(1.5, 40 * mib, false);
  await add(1.4, 30 * mib);
  const kept = await add(1, 20 * mib);

  mkdirSync(deps.folder, { recursive: true });
  writeFileSync(join(deps.folder, "stray.rfb"), "");
  writeFileSync(join(deps.folder, `${kept.id}.rfb`), "");
  await sweepRecordings(deps);
  expect((await rows(world)).map((row) => row.id)).toEqual([running.id, kept.id]);
  expect(readdirSync(deps.folder)).toEqual([`${kept.id}.rfb`]);
});
