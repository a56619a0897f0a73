import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import type { LiveEvent, RevisionOf } from "@/lib/model/live-event";
import { CrashLab, type Portal } from "@/lib/tasks/testing/crash-lab";
import type { Context } from "../context";
import { listHosts } from "../host/list-hosts";
import { listNetworks } from "../network/list-networks";
import { addImage, addVm } from "../testing/world";
import { getVm } from "../vm/get-vm";
import { listUnmanaged } from "../vm/list-unmanaged";
import { type LiveInput, subscribe } from "./subscribe";

let lab: CrashLab;

beforeAll(async () => {
  lab = await CrashLab.start("live");
});
afterAll(async () => lab?.stop());
afterEach(async () => lab.clean());

const virsh = (...args: string[]) => lab.peer.virsh(args);

async function define(what: string, xml: string): Promise<void> {
  const file = join(lab.peer.dir, `${what}.xml`);
  await writeFile(file, xml);
  await virsh(what === "domain" ? "define" : `${what}-define`, file);
}

/** What an open page hears, from its opening on. */
async function open(ctx: Context, input: LiveInput) {
  const events: LiveEvent[] = [];
  onTestFinished(subscribe(ctx, input, (event) => events.push(event)));
  const revision = (of: RevisionOf) =>
    events.findLast((event) => event.type === "revision" && event.of === of);
  const vm = (id: string) => {
    const told = events.findLast((event) => event.type === "vm" && event.vm.id === id);
    return told?.type === "vm" ? told.vm : null;
  };
  await eventually("the stream", () =>
    expect(revision(input.installation ? "guests" : "networks")).toBeDefined(),
  );
  return { revision, vm };
}

type Page = Awaited<ReturnType<typeof open>>;

/** After the act the page is told that it is out of date, and would show what is expected. */
async function moves(page: Page, of: RevisionOf, act: () => Promise<unknown>, shown: Check) {
  const before = page.revision(of);
  await act();
  await eventually(`${of} are told`, async () => {
    await shown();
    expect(page.revision(of)).not.toEqual(before);
  });
}
type Check = () => Promise<void>;

const installation = (portal: Portal) =>
  open(portal.world.admin, { projectId: null, installation: true });

it("networks: defined, started, stopped, undefined", async () => {
  const portal = await lab.startPortal();
  const { member, project } = portal.world;
  const page = await open(member, { projectId: project });
  const network = (expected: object | undefined) => async () => {
    const networks = await listNetworks(member, { projectId: project });
    const found = networks.find(({ name }) => name === "lab");
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  };
  const xml = "<network><name>lab</name><ip address='192.168.77.1' prefix='24'/></network>";
  await moves(page, "networks", () => define("net", xml), network({ active: false }));
  await moves(page, "networks", () => virsh("net-start", "lab"), network({ active: true }));
  await moves(page, "networks", () => virsh("net-destroy", "lab"), network({ active: false }));
  await moves(page, "networks", () => virsh("net-undefine", "lab"), network(undefined));
});

it("a DHCP lease, when the guest is the project's", async () => {
  const portal = await lab.startPortal();
  const { world } = portal;
  const row = await addVm(world, { hostId: lab.host.id });
  const mine = await open(world.member, { projectId: world.project });
  const admin = await installation(portal);
  const leases = async () =>
    (await listNetworks(world.member, { projectId: world.project })).flatMap(
      (network) => network.leases,
    );
  // Its firmware asks for an address to boot from the network.
  const guest = `<domain type='qemu'><name>pxe</name><uuid>${row.uuid}</uuid><memory unit='MiB'>64</memory>
    <os><type machine='q35'>hvm</type><boot dev='network'/></os><devices><interface type='network'>
    <mac address='52:54:00:00:00:99'/><source network='default'/><model type='e1000'/></interface></devices></domain>`;
  await define("domain", guest);
  const given: Check = async () =>
    expect(await leases()).toMatchObject([{ mac: "52:54:00:00:00:99" }]);
  const hosts = admin.revision("hosts");
  await moves(mine, "networks", () => virsh("start", "pxe"), given);
  await eventually("hosts are told", () => expect(admin.revision("hosts")).not.toEqual(hosts));
}, 120_000);

it("pools: defined, started, refreshed, stopped, undefined", async () => {
  const portal = await lab.startPortal();
  const { admin } = portal.world;
  const page = await installation(portal);
  const pool = (expected: object | undefined) => async () => {
    const [host] = await listHosts(admin);
    const found = host?.pools.find(({ name }) => name === "lab");
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  };
  const xml = `<pool type='dir'><name>lab</name><target><path>${lab.peer.dir}</path></target></pool>`;
  await moves(page, "hosts", () => define("pool", xml), pool({ active: false }));
  await moves(page, "hosts", () => virsh("pool-start", "lab"), pool({ active: true }));
  const grow = async () => {
    await writeFile(join(lab.peer.dir, "grown"), Buffer.alloc(2 ** 20));
    await virsh("pool-refresh", "lab");
  };
  await moves(page, "hosts", grow, pool({ active: true }));
  await moves(page, "hosts", () => virsh("pool-destroy", "lab"), pool({ active: false }));
  await moves(page, "hosts", () => virsh("pool-undefine", "lab"), pool(undefined));
});

it("guests that Portico did not make: defined, started, paused, edited, stopped, undefined", async () => {
  const portal = await lab.startPortal();
  const { admin } = portal.world;
  const page = await installation(portal);
  const guests = (expected: object[]) => async () =>
    expect(await listUnmanaged(admin)).toMatchObject(expected);
  const guest = (vcpus: number) =>
    `<domain type='qemu'><name>theirs</name><uuid>9d1f0c0e-5d0b-4d8e-9b7d-0d3f5a4b6c01</uuid><memory unit='MiB'>64</memory>
     <vcpu current='${vcpus}'>2</vcpu><os><type machine='q35'>hvm</type></os></domain>`;
  const hosts = page.revision("hosts");
  await moves(page, "guests", () => define("domain", guest(1)), guests([{ state: "off" }]));
  await eventually("hosts are told", () => expect(page.revision("hosts")).not.toEqual(hosts));
  const config = () => virsh("setvcpus", "theirs", "2", "--config");
  await moves(page, "guests", config, guests([{ vcpus: 2 }]));
  await moves(page, "guests", () => virsh("start", "theirs"), guests([{ state: "running" }]));
  await moves(page, "guests", () => virsh("suspend", "theirs"), guests([{ state: "paused" }]));
  await moves(page, "guests", () => virsh("destroy", "theirs"), guests([{ state: "off" }]));
  await moves(page, "guests", () => virsh("undefine", "theirs"), guests([]));
});

it("media and sizes of a VM, running and off, now and for the next start", async () => {
  const portal = await lab.startPortal();
  const { member, db, project } = portal.world;
  const vmId = await lab.created(portal);
  const domain = `p-${vmId}`;
  await virsh("vol-create-as", "portico-images", "one.iso", "1M", "--format", "raw");
  const image = await addImage({ db, project }, { name: "One", volume: "one.iso" });
  const path = (await virsh("vol-path", "one.iso", "--pool", "portico-images")).trim();
  const other = join(lab.peer.dir, "other.iso");
  await writeFile(other, Buffer.alloc(2 ** 20));

  const page = await open(member, { projectId: project });
  const drive = async () =>
    (await getVm(member, { vmId })).disks.find(({ device }) => device === "cdrom");
  const change = async (args: string[], expected: object) => {
    const before = page.vm(vmId)?.hardware;
    await virsh("change-media", domain, "sda", ...args);
    await eventually(args.join(" "), async () => {
      expect(await drive()).toMatchObject(expected);
      expect(page.vm(vmId)?.hardware).not.toBe(before);
      expect(page.vm(vmId)?.hardware).toBe((await getVm(member, { vmId })).hardware);
    });
  };
  const known = { filled: true, volume: "one.iso", imageId: image.id, imageName: "One" };
  const foreign = { filled: true, volume: null, imageId: null, imageName: null };
  const empty = { filled: false, volume: null };

  await change(["--insert", path, "--config"], { ...empty, next: known });
  await change(["--insert", path, "--live"], { ...known, next: null });
  await change(["--eject", "--force", "--live"], { ...empty, next: known });
  await change(["--eject", "--config"], { ...empty, next: null });
  await change(["--insert", other, "--live"], { ...foreign, next: empty });
  await virsh("destroy", domain);
  await eventually("off", async () => expect(page.vm(vmId)?.state).toBe("off"));
  await change(["--insert", path, "--config"], { ...known, next: null });
  await change(["--eject", "--config"], { ...empty, next: null });

  await virsh("setvcpus", domain, "2", "--config");
  await eventually("vCPUs", () => expect(page.vm(vmId)?.next.vcpus).toBe(2));
  await virsh("setmem", domain, "48M", "--config");
  await eventually("memory", () => expect(page.vm(vmId)?.next.memoryKib).toBe(48 * 1024));
  await virsh("undefine", domain);
  await eventually("missing", () => expect(page.vm(vmId)?.state).toBe("missing"));
});

it("a host that goes away and comes back", async () => {
  const portal = await lab.startPortal();
  const { admin } = portal.world;
  const page = await installation(portal);
  const connection = (expected: string) => async () =>
    expect(await listHosts(admin)).toMatchObject([{ connection: expected }]);
  await moves(page, "hosts", () => lab.peer.kill("SIGKILL"), connection("unreachable"));
  await moves(page, "hosts", () => lab.peer.restart(), connection("connected"));
});
