import { execFileSync } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { tempDir } from "@/lib/db/testing/temp-db";
import { CrashLab } from "@/lib/tasks/testing/crash-lab";
import type { Context } from "../context";
import { silentLog } from "../testing/silent-log";
import { addPerson } from "../testing/world";
import { powerVm } from "../vm/power-vm";
import { createExportHandler, type ExportDeps } from "./export-handler";
import { exportVm } from "./export-vm";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("export");
});
afterAll(async () => lab?.stop());

const run = (...words: [string, ...string[]]) =>
  execFileSync(words[0], words.slice(1), { encoding: "utf8" });

it("an archive that other products read, while the VM stays off and its reader may", async () => {
  const portal = await lab.startPortal();
  const { world } = portal;
  const { member, db } = world;
  const vmId = await lab.created(portal, "Web & <Shop>");
  let actor: Context["actor"] | null = member.actor;
  const origin = await serveExports({ ...world, actorOf: async () => actor });
  const get = (id: string, headers = {}) => fetch(`${origin}/api/exports/vms/${id}`, { headers });
  const refused = async (id: string, headers = {}) => {
    const answer = await get(id, headers);
    return { status: answer.status, body: await answer.json() };
  };
  expect(await refused(vmId)).toMatchObject({
    status: 409,
    body: { message: { key: "clone.not_off" } },
  });
  await powerVm(member, { vmId, verb: "force_off" });
  const { pool, volume } = await db.disk.findFirstOrThrow({ where: { vmId } });
  const disk = lab.peer.outside(
    (await lab.peer.virsh(["vol-path", "--pool", pool, volume])).trim(),
  );
  run("qemu-io", "-f", "qcow2", "-c", "write -P 90 0 3M", disk);

  expect(await refused("0000000000")).toMatchObject({ status: 404 });
  expect(await refused("../x")).toMatchObject({ status: 404 });
  const crossSite = { "sec-fetch-site": "cross-site" };
  expect(await refused(vmId, crossSite)).toMatchObject({ status: 403 });
  actor = (await addPerson(db, world.hosts, "outsider", {})).actor;
  expect(await refused(vmId)).toMatchObject({ status: 404 });
  actor = null;
  expect(await refused(vmId)).toMatchObject({ status: 401 });
  actor = member.actor;

  const folder = await tempDir();
  const answer = await get(vmId);
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="Web-Shop.ova"');
  await writeFile(join(folder, "a.ova"), Buffer.from(await answer.arrayBuffer()));
  run("tar", "-C", folder, "-xf", join(folder, "a.ova"));
  const names = ["Web-Shop.ovf", "Web-Shop.xml", "Web-Shop-vda.qcow2"];
  expect(run("tar", "-tf", join(folder, "a.ova")).trim().split("\n")).toEqual([
    ...names,
    "Web-Shop.mf",
  ]);
  const sums = names.map((name) => {
    const [sum] = run("sha256sum", join(folder, name)).split(" ");
    return `SHA256(${name})= ${sum}\n`;
  });
  expect(await readFile(join(folder, "Web-Shop.mf"), "utf8")).toBe(sums.join(""));
  const copy = join(folder, "Web-Shop-vda.qcow2");
  run("qemu-img", "compare", "-f", "qcow2", "-F", "qcow2", disk, copy);
  const ovf = await readFile(join(folder, "Web-Shop.ovf"), "utf8");
  expect(ovf).toContain("<Name>Web &amp; &lt;Shop&gt;</Name>");
  expect(ovf).toContain(`ovf:capacity="${1024 ** 3}"`);
  expect(ovf).toContain(`ovf:size="${(await stat(copy)).size}"`);
  const xml = await readFile(join(folder, "Web-Shop.xml"), "utf8");
  expect(xml).toContain(vmId);
  expect(xml).not.toContain("/var/lib");
  const rows = await db.auditEvent.findMany({ where: { action: "vm.export" } });
  expect(rows.map(({ outcome }) => outcome)).toEqual(["failed", "ok"]);

  // Started before its end: what has come is short, and says of no file that it is whole.
  const cut = (await exportVm(member, { vmId })).bytes(AbortSignal.timeout(60_000));
  await cut.next();
  await powerVm(member, { vmId, verb: "start" });
  const drained = (async () => {
    let bytes = 0;
    for await (const piece of cut) bytes += piece.length;
    return bytes;
  })();
  await expect(drained).rejects.toThrow("was changed while it was exported");
  await powerVm(member, { vmId, verb: "force_off" });
}, 60_000);

async function serveExports(deps: Pick<ExportDeps, "db" | "hosts" | "actorOf">): Promise<string> {
  const handle = createExportHandler({ ...deps, log: silentLog, clock: () => new Date() });
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
