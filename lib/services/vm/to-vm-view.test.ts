import { describe, expect, it } from "vitest";
import { liveNic } from "../testing/live-nic";
import { liveVm } from "../testing/live-vm";
import { addVm, makeWorld } from "../testing/world";
import { detailOf } from "./get-vm";
import { toVmView } from "./to-vm-view";
import { viewOf } from "./view-of";

describe("the view of a VM", () => {
  it("is libvirt's word for what libvirt knows, and the row's for what the owner asked", async () => {
    const world = await makeWorld();
    const row = await addVm(world, { vcpus: 4 });
    const sizes = { vcpus: 2, maxVcpus: 8, memoryKib: 1024, maxMemoryKib: 4096 };
    world.host.set(liveVm(row, { live: sizes, next: { ...sizes, vcpus: 4 } }));
    expect(viewOf(world.hosts, row)).toMatchObject({
      state: "running",
      live: { vcpus: 2 },
      next: { vcpus: 4 },
      asked: { vcpus: 4, memoryKib: row.memoryKib },
      pendingChanges: true,
      verbs: ["shutdown", "reboot", "reset", "force_off", "suspend"],
    });
  });

  it("has no pending changes when it is off: the next boot is all there is", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const live = liveVm(row, { state: "off", bootId: null });
    world.host.set({ ...live, next: { ...live.next, vcpus: 7 } });
    expect(viewOf(world.hosts, row)).toMatchObject({ pendingChanges: false, verbs: ["start"] });
  });

  it("waits for no start while only the balloon is on its way to what was asked", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const next = { vcpus: 1, maxVcpus: 4, memoryKib: row.memoryKib, maxMemoryKib: 4_194_304 };
    const inflated = { ...next, memoryKib: 4_194_304 };
    world.host.set(liveVm(row, { live: inflated, next }));
    expect(viewOf(world.hosts, row).pendingChanges).toBe(false);
    world.host.set(liveVm(row, { live: inflated, next: { ...next, memoryKib: 5_000_000 } }));
    expect(viewOf(world.hosts, row).pendingChanges).toBe(true);
  });

  it.each([
    ["creating", "creating"],
    ["deleting", "deleting"],
  ])("in the lifecycle %s shows that, whatever libvirt says", async (lifecycle, state) => {
    const world = await makeWorld();
    const row = await addVm(world, { lifecycle });
    world.host.set(liveVm(row));
    expect(viewOf(world.hosts, row)).toMatchObject({ state, verbs: [], pendingChanges: false });
  });

  it("is missing when a connected host does not have it", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const view = viewOf(world.hosts, row);
    expect(view).toMatchObject({ state: "missing", verbs: [], live: { vcpus: row.vcpus } });
  });

  it("is unknown with its last figures when the host is away", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    world.host.set(liveVm(row, { addresses: ["10.0.0.5"], cpuPercent: 12 }));
    world.host.connection = "unreachable";
    expect(viewOf(world.hosts, row)).toMatchObject({
      state: "unknown",
      verbs: [],
      addresses: ["10.0.0.5"],
      cpuPercent: 12,
    });
  });

  it("is unknown, not missing, before the first sync and on a host that is not configured", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    world.host.syncedAt = null;
    expect(viewOf(world.hosts, row).state).toBe("unknown");
    expect(toVmView(row, null, null).state).toBe("unknown");
  });

  it("can be turned into JSON and back", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    world.host.set(liveVm(row));
    const detail = await detailOf(world.member, row);
    expect(JSON.parse(JSON.stringify(detail))).toEqual(detail);
  });

  it("gives every NIC the addresses of its own leases, and the agent's to the first", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const lease = (mac: string, address: string) => ({
      mac,
      address,
      hostname: null,
      expiresAt: null,
    });
    world.host.networks = world.host.networks.map((network) => ({
      ...network,
      leases: [lease("aa", "10.0.0.1"), lease("bb", "10.0.0.2"), lease("cc", "10.0.0.3")],
    }));
    const addresses = ["10.0.0.1", "10.0.0.2", "fe80::1"];
    world.host.set(liveVm(row, { nics: [liveNic("aa"), liveNic("bb")], addresses }));
    const { nics } = await detailOf(world.member, row);
    expect(nics.map((each) => each.addresses)).toEqual([["10.0.0.1", "fe80::1"], ["10.0.0.2"]]);
  });

  it("says of every NIC whether it is there now, at the next start, or as what", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    world.host.set(
      liveVm(row, {
        nics: [liveNic("aa"), liveNic("bb"), liveNic("cc")],
        nextNics: [liveNic("aa"), liveNic("bb", { model: "e1000e" }), liveNic("dd")],
      }),
    );
    const { nics } = await detailOf(world.member, row);
    expect(nics.map(({ mac, when, next }) => [mac, when, next?.model])).toEqual([
      ["aa", "both", undefined],
      ["bb", "both", "e1000e"],
      ["cc", "now", undefined],
      ["dd", "next_boot", undefined],
    ]);
  });
});
