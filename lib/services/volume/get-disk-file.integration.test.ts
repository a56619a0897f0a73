import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import { getVm } from "../vm/get-vm";
import { powerVm } from "../vm/power-vm";
import { getDiskFile } from "./get-disk-file";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("files");
});
afterAll(async () => lab?.stop());

it("what a disk lies in is what qemu-img says, running and off", async () => {
  const portal = await lab.startPortal();
  const { member } = portal.world;
  const vmId = await lab.created(portal);
  const [disk] = (await getVm(member, { vmId })).disks.filter((each) => each.device === "disk");
  const volume = disk?.volume ?? "";
  const path = lab.peer.outside(
    (await lab.peer.virsh(["vol-path", "--pool", "portico-disks", volume])).trim(),
  );
  const said = () =>
    JSON.parse(
      execFileSync("qemu-img", ["info", "-U", "--output=json", path], { encoding: "utf8" }),
    );
  const look = () => getDiskFile(member, { vmId, target: "vda" });

  const running = await look();
  expect(running.running).toMatchObject({ capacityBytes: 1024 ** 3 });
  expect(running).toMatchObject({
    pool: "portico-disks",
    volume,
    format: "qcow2",
    listedFormat: "qcow2",
    capacityBytes: said()["virtual-size"],
    allocationBytes: said()["actual-size"],
    chain: [],
    headerProblem: null,
    header: {
      virtualBytes: said()["virtual-size"],
      clusterBytes: said()["cluster-size"],
      corrupt: false,
      snapshots: 0,
    },
  });
  expect(running.commands[2]).toContain("qemu-img info -U");

  await powerVm(member, { vmId, verb: "force_off" });
  expect(await look()).toMatchObject({ running: null, capacityBytes: 1024 ** 3 });

  // A file below, in the pool and elsewhere; and one marked by QEMU.
  const dir = join(path, "..");
  execFileSync("qemu-img", [
    "create",
    "-q",
    "-f",
    "qcow2",
    "-u",
    "-F",
    "raw",
    "-b",
    "/etc/passwd",
    join(dir, "low.qcow2"),
    "1G",
  ]);
  execFileSync("qemu-img", ["rebase", "-u", "-F", "qcow2", "-b", "low.qcow2", path]);
  await lab.peer.virsh(["pool-refresh", "portico-disks"]);
  expect((await look()).chain).toEqual([
    { name: "low.qcow2", format: "qcow2" },
    { name: "/etc/passwd", format: "raw" },
  ]);

  // What a guest writes into a raw disk is not believed.
  const domain = (await lab.peer.virsh(["dumpxml", `p-${vmId}`]))
    .replace('type="qcow2"', 'type="raw"')
    .replace("type='qcow2'", "type='raw'");
  const xml = join(lab.peer.dir, "raw.xml");
  await writeFile(xml, domain);
  await lab.peer.virsh(["define", xml]);
  await lab.host.inventory.refresh((await getVm(member, { vmId })).uuid);
  expect(await look()).toMatchObject({
    format: "raw",
    listedFormat: "qcow2",
    chain: [],
    compat: null,
    header: null,
    headerProblem: { key: "volume.no_header" },
  });
});
