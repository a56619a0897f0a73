import { readdirSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { readDefinitions } from "@/lib/hypervisor/vm/read-definition";
import { redefineVm } from "@/lib/hypervisor/vm/redefine-vm";
import { readBootDevices, withBootOrder } from "@/lib/hypervisor/xml/boot";
import { readCpu, withCpu } from "@/lib/hypervisor/xml/cpu";
import { compareDomains } from "@/lib/hypervisor/xml/definition/compare-domains";
import { pendingChanges } from "@/lib/hypervisor/xml/definition/pending";
import { readTyped } from "@/lib/hypervisor/xml/definition/read-typed";
import { withSizes } from "@/lib/hypervisor/xml/edit-domain";
import { readSizes } from "@/lib/hypervisor/xml/parse-domain";
import { readRecovery, withRecovery } from "@/lib/hypervisor/xml/recovery";
import { parseXml, printXml, type XmlElement } from "@/lib/hypervisor/xml/tree";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import type { Context } from "../../context";
import { addPerson, everything } from "../../testing/world";
import { getVm } from "../get-vm";
import { powerVm } from "../power-vm";
import { resizeVm } from "../resize-vm";
import { defineVm } from "./define-vm";
import { getDefinition } from "./get-definition";
import { planDefinition } from "./plan-definition";
import { revertPending } from "./revert-pending";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("defn");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

const golden = join(import.meta.dirname, "../../../hypervisor/xml/golden/virt-install");
/** Those whose disks and devices a private host has, so that they start. */
/** What this machine's QEMU or its packages cannot: those are read and printed only. */
const beyondHere = ["launch-security.xml", "tpm.xml"];
const definable = readdirSync(golden).filter((name) => !beyondHere.includes(name));
const startable = ["plain", "numa", "vncpassword", "cpu-model", "hyperv", "network"];

async function defined(name: string): Promise<string> {
  const file = join(lab.peer.dir, name);
  await copyFile(join(golden, name), file);
  await lab.peer.virsh(["define", file]);
  return (await lab.peer.virsh(["domuuid", `g-${name.replace(".xml", "")}`])).trim();
}

/** The definition after every form was sent with the values that it came with. */
function sentUnchanged(root: XmlElement): XmlElement {
  let same = parseXml(withSizes(printXml(root), readSizes(root)));
  const { topology, model } = readCpu(root);
  const { maxVcpus } = readSizes(root);
  if (topology !== null && model !== null) {
    same = withCpu(same, { maxVcpus, cpu: { topology, model: null } });
  }
  // What a form cannot choose it does not show as chosen.
  const { onPanic, watchdog } = readRecovery(root);
  if (onPanic !== "other" && watchdog !== "other") same = withRecovery(same, { onPanic, watchdog });
  const order = readBootDevices(root).filter((device) => device.order !== null);
  if (order.length === 0) return same;
  order.sort((one, other) => (one.order ?? 0) - (other.order ?? 0));
  return withBootOrder(
    same,
    order.map(({ id }) => id),
  );
}

describe("definitions that virt-install made", () => {
  it.each(definable)("%s: an unchanged edit changes nothing", async (name) => {
    const uuid = await defined(name);
    const dump = () => lab.peer.virsh(["dumpxml", "--inactive", "--security-info", uuid]);
    const before = await dump();
    const { next } = await readDefinitions(lab.host, uuid);
    expect(printXml(next.root)).not.toContain("geheim");
    const domain = readTyped(printXml(next.root));
    await redefineVm(lab.host, uuid, { digest: next.digest, domain });
    // libvirt itself may order devices anew, and numbers virtio consoles anew.
    const settled = await dump();
    const changes = compareDomains(parseXml(before), parseXml(settled), false);
    expect(changes.filter(({ subject }) => subject !== "virtio")).toEqual([]);
    if (name.startsWith("vncpassword")) expect(before).toContain("geheim");
    const again = await readDefinitions(lab.host, uuid);
    const forms = { digest: again.next.digest, domain: sentUnchanged(again.next.root) };
    await redefineVm(lab.host, uuid, forms);
    const sent = compareDomains(parseXml(settled), parseXml(await dump()), false);
    expect(sent.filter(({ subject }) => subject !== "virtio")).toEqual([]);
  });

  it.each(startable)("%s: a start leaves nothing pending", async (name) => {
    const uuid = await defined(`${name}.xml`);
    await lab.peer.virsh(["start", uuid]);
    const { live, next } = await readDefinitions(lab.host, uuid);
    expect(live).not.toBeNull();
    if (live) expect(pendingChanges(live.root, next.root)).toEqual([]);
    await eventually("the inventory", () => {
      expect(lab.host.inventory.get(uuid)).toMatchObject({
        bootId: expect.any(String),
        differs: false,
      });
    });
  });
});

it("a screen with a socket that was chosen beforehand survives an edit, and nothing is pending", async () => {
  const socket = join(lab.peer.consoleDir, "chosen.sock");
  const uuid = "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a70";
  const file = join(lab.peer.dir, "chosen.xml");
  const graphics = `<graphics type='vnc' sharePolicy='force-shared'><listen type='socket' socket='${socket}'/></graphics>`;
  await writeFile(
    file,
    `<domain type='qemu'><name>chosen</name><uuid>${uuid}</uuid><memory unit='MiB'>64</memory>
    <os><type arch='x86_64' machine='q35'>hvm</type></os><devices>${graphics}</devices></domain>`,
  );
  await lab.peer.virsh(["define", file]);
  const dump = () => lab.peer.virsh(["dumpxml", "--inactive", uuid]);
  const before = await dump();
  const first = await readDefinitions(lab.host, uuid);
  await redefineVm(lab.host, uuid, { digest: first.next.digest, domain: first.next.root });
  expect(await dump()).toBe(before);
  await lab.peer.virsh(["start", uuid]);
  const { live, next } = await readDefinitions(lab.host, uuid);
  expect(live).not.toBeNull();
  if (live) expect(pendingChanges(live.root, next.root)).toEqual([]);
});

describe("a VM of Portico's", () => {
  let portal: Portal;
  let vmId: string;
  let owner: Context;

  async function make(): Promise<void> {
    portal = await lab.startPortal();
    vmId = await lab.created(portal);
    const { db, hosts, project } = portal.world;
    owner = await addPerson(db, hosts, "owner", { [project]: "owner" });
  }

  const dump = (...flags: string[]) => lab.peer.virsh(["dumpxml", ...flags, `p-${vmId}`]);

  it("is read, edited with a plan, pending, taken back; stale and hostile is refused", async () => {
    await make();
    const { admin, member, db } = portal.world;
    const first = await getDefinition(admin, { vmId });
    expect(first).toMatchObject({ pending: [], hidden: false });
    expect((await getVm(member, { vmId })).pendingChanges).toBe(false);

    const asked = first.nextBoot.xml
      .replace("<memory ", "<description>web &amp; more</description>\n  <memory ")
      .replace(/(<vcpu[^>]* current=")1"/, '$12"')
      .replace(/<memory unit="KiB">\d+/, '<memory unit="MiB">256');
    const { digest } = first.nextBoot;
    const plan = await planDefinition(admin, { vmId, xml: asked, digest });
    expect(plan).toMatchObject({ possible: true, changed: true, needsProof: false, unusual: [] });
    expect(plan.changes.map(({ part, when }) => `${part} ${when}`).sort()).toEqual([
      "description now",
      "maxMemory next_boot",
      "vcpus next_boot",
    ]);
    expect(await dump("--inactive")).not.toContain("web &amp; more");

    const after = await defineVm(admin, { vmId, xml: asked, digest });
    expect(after.pending.map(({ part }) => part).sort()).toEqual(["maxMemory", "vcpus"]);
    expect(await dump("--inactive")).toMatch(/<vcpu placement='static'( current='2'>4|>2)</);
    expect(await dump("--inactive")).toContain("<memory unit='KiB'>262144<");
    expect(await lab.peer.virsh(["desc", `p-${vmId}`])).toContain("web & more");
    expect(await getVm(member, { vmId })).toMatchObject({ description: "web & more" });
    expect(await dump()).toMatch(/current='1'>/);
    expect((await getVm(member, { vmId })).pendingChanges).toBe(true);
    const row = await db.vm.findUniqueOrThrow({ where: { id: vmId } });
    expect(row).toMatchObject({ vcpus: 2, maxMemoryKib: 262_144 });

    const stale = defineVm(admin, { vmId, xml: asked, digest });
    await expect(stale).rejects.toMatchObject({
      code: "conflict.stale",
      details: { current: after.nextBoot },
    });

    const reverted = await revertPending(member, { vmId });
    expect(reverted.pending).toEqual([]);
    expect((await getVm(member, { vmId })).pendingChanges).toBe(false);
    const described = first.nextBoot.xml.replace(
      "<metadata>",
      "<description>web &amp; more</description>\n  <metadata>",
    );
    const again = (await getDefinition(admin, { vmId })).nextBoot.xml;
    expect(again).toBe(described);
    expect(await db.vm.findUniqueOrThrow({ where: { id: vmId } })).toMatchObject({ vcpus: 1 });
    const audit = await db.auditEvent.findMany({ where: { action: "vm.define" } });
    expect(audit.map(({ outcome }) => outcome)).toEqual(["ok", "failed"]);
    expect(audit[0]?.detail).toContain("vcpus");
    expect(audit[0]?.detail).not.toContain("web & more");
  });

  it("an owner reads nothing of the host, restores his own, and brings nothing else", async () => {
    await make();
    const { db } = portal.world;
    const view = await getDefinition(owner, { vmId });
    expect(view.hidden).toBe(true);
    const text = `${view.now?.xml}${view.nextBoot.xml}${JSON.stringify(view.pending)}`;
    expect(text).not.toMatch(/\/var\/|\/usr\/|\/run\/|\/tmp\/|\/dev\/pts|vnet|virbr|64055/);
    const before = await dump("--inactive");
    const rows = await everything(db);

    // Both downloads can be restored; of what runs, what the start has filled in as well.
    const of = (xml: string) => planDefinition(owner, { vmId, xml });
    expect(await of(view.nextBoot.xml)).toMatchObject({ possible: true, changed: false });
    const ofNow = await of(view.now?.xml ?? "");
    expect(ofNow).toMatchObject({ possible: true, refusals: [], unusual: [] });
    for (const { part } of ofNow.changes) expect(["memory", "drive"]).toContain(part);
    const hostile = [
      '<filesystem type="mount"><source dir="/"/><target dir="r"/></filesystem>',
      '<disk type="file" device="disk"><source file="/etc/shadow"/><target dev="vdb" bus="virtio"/></disk>',
      '<serial type="file"><source path="/etc/cron.d/evil"/></serial>',
    ];
    for (const device of hostile) {
      const xml = view.nextBoot.xml.replace("</devices>", `${device}</devices>`);
      const tried = await defineVm(owner, { vmId, xml }).catch((error: unknown) => error);
      expect(tried).toMatchObject({ code: "input.invalid" });
      expect(tried).toHaveProperty("details.refusals.0.key", "unusual");
    }
    expect(await dump("--inactive")).toBe(before);
    expect(await everything(db)).toEqual(rows);

    const xml = view.nextBoot.xml.replace(/<input type="tablet"[\s\S]*?<\/input>/, "");
    expect(xml).not.toBe(view.nextBoot.xml);
    const after = await defineVm(owner, { vmId, xml, digest: view.nextBoot.digest });
    expect(after.pending).toMatchObject([{ part: "input", kind: "removed" }]);
    expect(await dump("--inactive")).not.toContain("tablet");
    await defineVm(owner, { vmId, xml: view.nextBoot.xml });
    expect(await dump("--inactive")).toBe(before);
  });

  it("what is unusual asks an administrator for a proof, and libvirt has the last word", async () => {
    await make();
    const { admin, db } = portal.world;
    const { nextBoot } = await getDefinition(admin, { vmId });
    const before = await dump("--inactive");
    const share = '<filesystem type="mount"><source dir="/srv"/><target dir="r"/></filesystem>';
    const xml = nextBoot.xml.replace("</devices>", `${share}</devices>`);
    const long = new Date(Date.now() - 3_600_000);
    await db.session.updateMany({ data: { provedAt: long } });
    await expect(defineVm(admin, { vmId, xml })).rejects.toMatchObject({
      userMessage: { key: "auth.prove_again" },
    });
    expect(await dump("--inactive")).toBe(before);
    await db.session.updateMany({ data: { provedAt: new Date() } });
    const nonsense = nextBoot.xml.replace("</devices>", "<teapot/></devices>");
    await expect(defineVm(admin, { vmId, xml: nonsense })).rejects.toMatchObject({
      code: "host.refused",
    });
    expect(await dump("--inactive")).toBe(before);
    const after = await defineVm(admin, { vmId, xml });
    expect(after.pending).toMatchObject([{ part: "other", kind: "added" }]);
    expect(await dump("--inactive")).toContain("<source dir='/srv'/>");
    const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(last).toMatchObject({ action: "vm.define", outcome: "ok" });
    expect(last.detail).toContain("devices/filesystem[r]");
    // It is there now: an owner sees that there is one, not what, and cannot take it away.
    const seen = await getDefinition(owner, { vmId });
    expect(seen.nextBoot.xml).not.toContain("/srv");
    await expect(defineVm(owner, { vmId, xml: nextBoot.xml })).rejects.toMatchObject({
      code: "input.invalid",
    });
  });

  it("counts against the quota, and a resize is taken back as well", async () => {
    await make();
    const { admin, member, db, project } = portal.world;
    const { nextBoot } = await getDefinition(admin, { vmId });
    const before = await dump("--inactive");
    await db.project.update({ where: { id: project }, data: { maxVcpus: 1 } });
    const xml = nextBoot.xml.replace(/(<vcpu[^>]* current=")1"/, '$12"');
    const plan = await planDefinition(admin, { vmId, xml });
    expect(plan).toMatchObject({ possible: false, quota: [{ resource: "vcpus", over: true }] });
    await expect(defineVm(admin, { vmId, xml })).rejects.toMatchObject({ code: "quota.exceeded" });
    expect(await dump("--inactive")).toBe(before);
    await db.project.update({ where: { id: project }, data: { maxVcpus: null } });

    const vm = await getVm(member, { vmId });
    await resizeVm(member, { vmId, vcpus: vm.live.maxVcpus + 1, memoryMib: 64 });
    const view = await getDefinition(member, { vmId });
    expect(view.pending.map(({ part }) => part)).toContain("vcpus");
    await revertPending(member, { vmId });
    expect(await dump("--inactive")).toBe(before);
    await powerVm(member, { vmId, verb: "force_off" });
    await expect(revertPending(member, { vmId })).rejects.toMatchObject({
      userMessage: { key: "definition.nothing_pending" },
    });
    expect(await getDefinition(member, { vmId })).toMatchObject({ now: null, pending: [] });
  });
});
