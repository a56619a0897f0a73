import { readFile, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { hostUptime } from "@/lib/hypervisor/host-uptime";
import { type FakeSysfs, fakeSysfs } from "@/lib/hypervisor/testing/fake-sysfs";
import { HUGE_PAGE_KIB } from "@/lib/model/tuning";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { serveBoots } from "../start-order/serve-boots";
import { setStartOrder } from "../start-order/set-start-order";
import { silentLog } from "../testing/silent-log";
import { getProcess } from "../vm/get-process";
import { powerVm } from "../vm/power-vm";
import { setAutostart } from "../vm/set-autostart";
import { getHostTuning } from "./get-host-tuning";
import { getVmTuning } from "./get-vm-tuning";
import { setHugePages } from "./set-huge-pages";
import { setScheduler } from "./set-scheduler";
import { tuneVm } from "./tune-vm";

const poolFile = `/sys/devices/system/node/node0/hugepages/hugepages-${HUGE_PAGE_KIB}kB/nr_hugepages`;
const pool = async () => Number(await readFile(poolFile, "utf8"));
let lab: CrashLab;
let before: number;
let sysfs: FakeSysfs;

beforeAll(async () => {
  before = await pool();
  // No test writes this machine's own queues. Settings are read once: before anything asks.
  sysfs = await fakeSysfs();
  vi.stubEnv("PORTICO_SYSFS", sysfs.dir);
  lab = await CrashLab.start("tune");
});
afterEach(async () => lab.clean());
afterAll(async () => {
  // The pool is the machine's: it is given back.
  await writeFile(poolFile, String(before));
  await lab?.stop();
  await sysfs?.remove();
});

it("a host's pool and a VM's memory and threads are what the kernel and virsh say", async () => {
  const portal = await lab.startPortal();
  const { admin, member, db } = portal.world;
  const vmId = await lab.created(portal);
  const hostId = lab.host.id;
  const domain = `p-${vmId}`;
  const [cell] = (await getHostTuning(admin, { hostId })).cells;
  expect(cell).toMatchObject({ cell: 0, total: before });
  expect((await getHostTuning(admin, { hostId })).queues).toEqual([
    { disk: "sdfake", scheduler: "none", choices: ["none", "mq-deadline"] },
  ]);
  await setScheduler(admin, { hostId, disk: "sdfake", scheduler: "mq-deadline" });
  expect(await readFile(sysfs.scheduler, "utf8")).toBe("mq-deadline");
  await expect(setHugePages(member, { hostId, cell: 0, pages: 1 })).rejects.toMatchObject({
    code: "auth.forbidden",
  });

  const { next, pages } = await getVmTuning(admin, { vmId });
  expect(next).toMatchObject({ hugePages: false, ioThreads: 0, memoryCells: null });
  const asked = {
    vmId,
    hugePages: true,
    memoryCells: [0],
    ioThreads: 2,
    disks: [{ target: "vda", ioThread: 2 }],
  };
  const inactive = () => lab.peer.virsh(["dumpxml", "--inactive", domain]);
  const untouched = await inactive();
  await expect(tuneVm(admin, asked)).rejects.toMatchObject({
    code: "conflict.rule",
    userMessage: { key: "tuning.pool_too_small", values: { needed: pages } },
  });
  expect(await inactive()).toBe(untouched);
  const grown = await setHugePages(admin, { hostId, cell: 0, pages: before + pages });
  expect(grown.cells).toMatchObject([{ total: before + pages }]);
  expect(await pool()).toBe(before + pages);
  const huge = await setHugePages(admin, { hostId, cell: 0, pages: 8_000_000 }).catch((e) => e);
  expect(huge).toMatchObject({ userMessage: { key: "tuning.no_room" } });
  expect(await pool()).toBe(before + pages);

  const tuned = await tuneVm(admin, asked);
  expect(tuned).toMatchObject({ now: { hugePages: false }, next: { hugePages: true } });
  const xml = await inactive();
  expect(xml).toContain("<hugepages/>");
  expect(xml).toMatch(/<memory mode='strict' nodeset='0'\/>/);
  expect(xml).toContain("<iothreads>2</iothreads>");
  await powerVm(member, { vmId, verb: "force_off" });
  await powerVm(member, { vmId, verb: "start" });
  expect((await getVmTuning(admin, { vmId })).now).toMatchObject({
    hugePages: true,
    memoryCells: [0],
    ioThreads: 2,
    disks: [{ target: "vda", ioThread: 2 }],
  });
  expect((await getProcess(admin, { vmId })).command.join(" ")).toContain("/dev/hugepages/");
  expect(await lab.peer.virsh(["iothreadinfo", domain])).toMatch(/^ *2 [\s\S]*^ *1 /m);

  const nothing = { hugePages: false, memoryCells: null, ioThreads: 0 };
  await tuneVm(admin, { vmId, ...nothing, disks: [{ target: "vda", ioThread: null }] });
  expect(await inactive()).toBe(untouched);
  await powerVm(member, { vmId, verb: "force_off" });
  await setHugePages(admin, { hostId, cell: 0, pages: before });
  expect(await pool()).toBe(before);
  const rows = await db.auditEvent.findMany({ where: { targetType: "host" } });
  expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "host.set_scheduler ok",
    "host.set_huge_pages ok",
    "host.set_huge_pages failed",
    "host.set_huge_pages ok",
  ]);
  await lab.remove(portal, vmId);
});

it("after a boot of its host the portal starts what is in the order, in libvirt's place", async () => {
  const portal = await lab.startPortal();
  const { member, db, hosts } = portal.world;
  const vmId = await lab.created(portal);
  const domain = `p-${vmId}`;
  await powerVm(member, { vmId, verb: "force_off" });
  await setAutostart(member, { vmId, autostart: true });
  await setStartOrder(member, { vmId, place: { position: 1, delaySeconds: 0 } });
  expect(await lab.peer.virsh(["dominfo", domain])).toMatch(/Autostart: +disable/);
  // What libvirt tells of the processor is no more than the machine's own time.
  const seconds = await hostUptime(lab.host);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(uptime() + 1);
  const look = (uptimeOf?: () => Promise<number>) =>
    serveBoots({ db, hosts, log: silentLog, clock: () => new Date(), uptimeOf });
  await look();
  await look();
  expect(await db.startOrder.count({ where: { dueAt: null } })).toBe(1);
  await look(async () => 1);
  await eventually("the start", async () => {
    expect((await lab.peer.virsh(["domstate", domain])).trim()).toBe("running");
    expect(await db.task.count({ where: { kind: "vm.start_in_order", state: "done" } })).toBe(1);
  });
  const row = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  expect(row).toMatchObject({ action: "vm.start", actorName: "start order", targetId: vmId });
  await setAutostart(member, { vmId, autostart: true });
  expect(await db.startOrder.count()).toBe(0);
  await lab.remove(portal, vmId);
});
