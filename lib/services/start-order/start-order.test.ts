import { describe, expect, it } from "vitest";
import { taskHandlers } from "@/lib/tasks/handlers/all";
import { liveVm } from "../testing/live-vm";
import { silentLog } from "../testing/silent-log";
import { addVm, makeWorld, type World } from "../testing/world";
import { getStartOrder } from "./get-start-order";
import { serveBoots } from "./serve-boots";
import { setStartOrder } from "./set-start-order";

/** A host with a clock and an uptime of its own, and a portal that looks when it is told to. */
async function makeLab() {
  const world = await makeWorld();
  const start = Date.parse("2030-01-01T00:00:00Z");
  const clock = { seconds: 1000, booted: 0 };
  const look = () =>
    serveBoots({
      db: world.db,
      hosts: world.hosts,
      log: silentLog,
      clock: () => new Date(start + clock.seconds * 1000),
      uptimeOf: async () => clock.seconds - clock.booted,
    });
  const lookAfter = async (seconds: number) => {
    clock.seconds += seconds;
    await look();
  };
  const reboot = () => {
    clock.seconds += 60;
    clock.booted = clock.seconds - 20;
    for (const vm of world.host.inventory.list()) {
      world.host.set({ ...vm, state: "off", bootId: null });
    }
  };
  return { world, look, lookAfter, reboot };
}

async function ordered(world: World, name: string, position: number, delaySeconds = 0) {
  const vm = await addVm(world, { name });
  world.host.set(liveVm(vm));
  await setStartOrder(world.member, { vmId: vm.id, place: { position, delaySeconds } });
  return vm;
}

const started = async ({ db }: World) =>
  (await db.task.findMany({ orderBy: { createdAt: "asc" } })).map((task) => task.targetName);
const ends = ({ db }: World, state = "done") => db.task.updateMany({ data: { state } });

describe("a start order", () => {
  it("starts in order after a boot, each after the delay of the one before", async () => {
    const { world, look, lookAfter, reboot } = await makeLab();
    await ordered(world, "web", 20);
    await ordered(world, "db", 10, 30);
    await ordered(world, "cache", 20);
    await look();
    await lookAfter(3600);
    expect(await started(world)).toEqual([]);
    reboot();
    await look();
    expect(await started(world)).toEqual(["db"]);
    await ends(world);
    await lookAfter(29);
    expect(await started(world)).toEqual(["db"]);
    await lookAfter(1);
    expect(await started(world)).toEqual(["db", "cache"]);
    // The one before has not ended its start.
    await lookAfter(10);
    expect(await started(world)).toHaveLength(2);
    await ends(world, "failed");
    await lookAfter(1);
    expect(await started(world)).toEqual(["db", "cache", "web"]);
    expect("vm.start_in_order" in taskHandlers).toBe(true);
  });

  it("serves each boot once, however many look and however often", async () => {
    const { world, look, lookAfter, reboot } = await makeLab();
    await ordered(world, "web", 1);
    await look();
    reboot();
    await Promise.all([look(), look(), look()]);
    await ends(world);
    await lookAfter(5);
    await lookAfter(40_000);
    expect(await started(world)).toEqual(["web"]);
    reboot();
    await look();
    expect(await started(world)).toEqual(["web", "web"]);
  });

  it("serves a boot that came while no portal ran, and not the one before its first look", async () => {
    const { world, look, lookAfter, reboot } = await makeLab();
    const vm = await ordered(world, "web", 1);
    reboot();
    await look();
    expect(await started(world)).toEqual([]);
    reboot();
    await lookAfter(80_000);
    expect(await started(world)).toEqual(["web"]);
    const [row] = await world.db.task.findMany();
    expect(row).toMatchObject({ kind: "vm.start_in_order", targetId: vm.id, actorId: "" });
  });

  it("leaves alone what runs, and keeps no project waiting for another", async () => {
    const { world, look, reboot } = await makeLab();
    const first = await ordered(world, "first", 1, 600);
    await ordered(world, "second", 2);
    const other = await addVm({ db: world.db, project: world.otherProject }, { name: "theirs" });
    world.host.set(liveVm(other));
    const place = { position: 500, delaySeconds: 0 };
    await setStartOrder(world.outsider, { vmId: other.id, place });
    await look();
    reboot();
    world.host.set(liveVm(first));
    await look();
    expect((await started(world)).sort()).toEqual(["second", "theirs"]);
  });

  it("waits for a host that is away", async () => {
    const { world, look, reboot } = await makeLab();
    await ordered(world, "web", 1);
    await look();
    reboot();
    world.host.connection = "unreachable";
    await look();
    expect(await started(world)).toEqual([]);
    world.host.connection = "connected";
    await look();
    expect(await started(world)).toEqual(["web"]);
  });

  it("is what the members of its project see, and can be left", async () => {
    const { world } = await makeLab();
    await ordered(world, "web", 20);
    const db = await ordered(world, "db", 10, 30);
    expect(await getStartOrder(world.viewer, { vmId: db.id })).toMatchObject({
      place: { position: 10, delaySeconds: 30 },
      order: [{ name: "db", waiting: false }, { name: "web" }],
    });
    const after = await setStartOrder(world.member, { vmId: db.id, place: null });
    expect(after).toMatchObject({ place: null, order: [{ name: "web" }] });
    await world.db.vm.update({ where: { id: db.id }, data: { leaseStoppedAt: new Date() } });
    const again = { vmId: db.id, place: { position: 1, delaySeconds: 0 } };
    await expect(setStartOrder(world.member, again)).rejects.toMatchObject({
      userMessage: { key: "lease.ended" },
    });
  });
});
