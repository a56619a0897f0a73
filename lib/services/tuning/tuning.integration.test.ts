import { readFile, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type FakeSysfs, fakeSysfs } from "@/lib/hypervisor/testing/fake-sysfs";
import { HUGE_PAGE_KIB } from "@/lib/model/tuning";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { getProcess } from "../vm/get-process";
import { powerVm } from "../vm/power-vm";
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
