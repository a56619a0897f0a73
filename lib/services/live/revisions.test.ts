import { describe, expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import type { Vm } from "@/lib/db/generated/client";
import type { LiveVm } from "@/lib/hypervisor/types";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import type { LiveEvent, RevisionOf } from "@/lib/model/live-event";
import type { Context } from "../context";
import { deleteDisk } from "../disk/delete-disk";
import { disksRevision } from "../disk/disks-revision";
import { listDisks } from "../disk/list-disks";
import { listHosts } from "../host/list-hosts";
import { listNetworks } from "../network/list-networks";
import { liveNic } from "../testing/live-nic";
import { liveVm } from "../testing/live-vm";
import { addKeptDisk, addVm, makeWorld, type World } from "../testing/world";
import { listManaged } from "../vm/list-managed";
import { listUnmanaged } from "../vm/list-unmanaged";
import { revisionOf } from "./revision-of";
import { guestsRevision, hostsRevision } from "./revisions";
import { type LiveInput, subscribe } from "./subscribe";

interface Followed {
  events: LiveEvent[];
  told(of: RevisionOf): string[];
}

/** Follows until everything that opens the stream has come. */
async function follow(ctx: Context, input: LiveInput): Promise<Followed> {
  const events: LiveEvent[] = [];
  onTestFinished(subscribe(ctx, input, (event) => events.push(event)));
  const told = (of: RevisionOf) =>
    events.flatMap((event) =>
      event.type === "revision" && event.of === of ? [event.revision] : [],
    );
  const last = input.installation ? "guests" : "networks";
  await eventually("the revisions", () => expect(told(last)).toHaveLength(1));
  return { events, told };
}

const administration = (world: World) =>
  follow(world.admin, { projectId: world.project, installation: true });

/** A guest that is nobody's row. */
const foreign = (row: Vm, vm: Partial<LiveVm> = {}) =>
  liveVm(row, { uuid: "foreign", domainName: "theirs", vmId: null, projectId: null, ...vm });

describe("revisions", () => {
  it("of disks tell of a kept one that is being deleted, in its project alone", async () => {
    const world = await makeWorld();
    const disk = await addKeptDisk(world);
    const mine = await follow(world.viewer, { projectId: world.project });
    const theirs = await follow(world.outsider, { projectId: world.otherProject });
    await deleteDisk(world.member, { diskId: disk.id });
    await eventually("the disks", () => expect(mine.told("disks")).toHaveLength(2));
    expect(theirs.told("disks")).toHaveLength(1);
  });

  it("are those of the pages, so that a page that is current does not ask anew", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    world.host.set(foreign(row));
    const { told } = await administration(world);
    const { admin, project } = world;
    expect(told("networks")).toEqual([
      revisionOf(await listNetworks(admin, { projectId: project })),
    ]);
    expect(told("disks")).toEqual([disksRevision(await listDisks(admin, { projectId: project }))]);
    expect(told("hosts")).toEqual([hostsRevision(await listHosts(admin))]);
    expect(told("guests")).toEqual([
      guestsRevision(await listManaged(admin), await listUnmanaged(admin)),
    ]);
  });

  it("change with networks, pools and the connection", async () => {
    const world = await makeWorld();
    const [network] = world.host.networks;
    const [pool] = world.host.pools;
    if (!network || !pool) throw new Error("the fake host has neither network nor pool");
    const member = await follow(world.member, { projectId: world.project });
    const admin = await administration(world);

    world.host.networks = [{ ...network, active: false }];
    world.host.change({ type: "host" });
    await eventually("networks", () => {
      expect(new Set(member.told("networks")).size).toBe(2);
      expect(admin.told("networks")).toEqual(member.told("networks"));
      expect(admin.told("hosts")).toHaveLength(2);
    });
    world.host.pools = [{ ...pool, active: false }];
    world.host.change({ type: "host" });
    await eventually("pools", () => expect(admin.told("hosts")).toHaveLength(3));
    world.host.connection = "unreachable";
    world.host.change({ type: "host" });
    await eventually("the connection", () => expect(admin.told("hosts")).toHaveLength(4));
    expect(member.told("networks")).toHaveLength(2);
  });

  it("change with guests that come, go and change their state, not with their load", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const { told } = await administration(world);
    world.host.set(foreign(row));
    await eventually("it appears", () => expect(told("guests")).toHaveLength(2));
    world.host.set(foreign(row, { cpuPercent: 55, memoryUsedKib: 7 }));
    world.host.set(foreign(row, { state: "paused" }));
    await eventually("it is paused", () => expect(told("guests")).toHaveLength(3));
    world.host.vms.clear();
    world.host.change({ type: "vm.removed", uuid: "foreign" });
    await eventually("it is gone", () => expect(told("guests")).toHaveLength(4));
    expect(told("guests")[3]).toBe(told("guests")[0]);
  });

  it("of a VM's hardware change with its media, now and at the next start, not with its load", async () => {
    const world = await makeWorld();
    const row = await addVm(world);
    const drive = { target: "sda", bus: "sata", device: "cdrom" as const, format: "raw" };
    const empty = {
      ...drive,
      pool: null,
      volume: null,
      path: null,
      bootOrder: null,
      limits: noDiskLimits,
      settings: newDiskSettings,
    };
    const sizes = { capacityBytes: null, allocationBytes: null };
    const disk = (data = {}) => ({ ...empty, ...sizes, ...data });
    const hardware = async (data: Partial<LiveVm>) => {
      world.host.set(liveVm(row, data));
      const { events } = await follow(world.viewer, { projectId: world.project });
      const [first] = events;
      return first?.type === "snapshot" ? first.vms[0]?.hardware : undefined;
    };
    const plain = await hardware({ disks: [disk()], nextDisks: [disk()] });
    const same = { disks: [disk({ allocationBytes: 7 })], nextDisks: [disk()], cpuPercent: 99 };
    expect(await hardware(same)).toBe(plain);
    const now = await hardware({ disks: [disk({ path: "/x.iso" })], nextDisks: [disk()] });
    const later = await hardware({ disks: [disk()], nextDisks: [disk({ path: "/x.iso" })] });
    expect(new Set([plain, now, later]).size).toBe(3);
  });
});

describe("what a tenant's stream does not tell", () => {
  it("hosts and guests of the installation are refused to everybody but administrators", async () => {
    const world = await makeWorld();
    for (const ctx of [world.viewer, world.member, world.owner]) {
      for (const projectId of [world.project, null]) {
        expect(() => subscribe(ctx, { projectId, installation: true }, () => undefined)).toThrow(
          "host.read",
        );
      }
    }
    expect(() => subscribe(world.owner, { projectId: null }, () => undefined)).toThrow("not found");
  });

  it("a neighbour's lease and an unmanaged guest move nothing, and no host's facts are in it", async () => {
    const world = await makeWorld();
    const neighbour = await addVm({ db: world.db, project: world.otherProject });
    const row = await addVm(world);
    const nic = (mac: string) => ({ nics: [liveNic(mac)] });
    world.host.set(liveVm(neighbour, nic("52:54:00:00:00:01")));
    world.host.set(liveVm(row, nic("52:54:00:00:00:02")));
    const { events, told } = await follow(world.owner, { projectId: world.project });
    const admin = await administration(world);
    const lease = (mac: string, address: string) => {
      const [network] = world.host.networks;
      if (!network) throw new Error("the fake host has no network");
      const given = { mac, address, hostname: "secret-name", expiresAt: null };
      world.host.networks = [{ ...network, leases: [...network.leases, given] }];
      world.host.change({ type: "host" });
    };
    lease("52:54:00:00:00:01", "192.168.122.10");
    world.host.set(foreign(row));
    await eventually("the administrator is told of both", () => {
      expect(admin.told("hosts").length).toBeGreaterThan(1);
      expect(admin.told("guests").length).toBeGreaterThan(1);
    });
    lease("52:54:00:00:00:02", "192.168.122.11");
    await eventually("the own lease", () => expect(told("networks")).toHaveLength(2));
    const text = JSON.stringify(events);
    for (const secret of ["192.168.122.10", "secret-name", "theirs", 'hosts"', "guests"]) {
      expect(text.replaceAll('"hosts":[', "")).not.toContain(secret);
    }
  });

  it("an administrator who is one no longer is sent away", async () => {
    const world = await makeWorld();
    const { events } = await follow(world.admin, { projectId: null, installation: true });
    await world.db.user.update({
      where: { id: world.admin.actor.userId },
      data: { isAdmin: false },
    });
    await eventually("the end", () => expect(events.at(-1)).toEqual({ type: "access_ended" }));
  });
});

it("somebody who follows is known to the hosts, as long as he does", async () => {
  const world = await makeWorld();
  const stop = subscribe(world.viewer, { projectId: world.project }, () => undefined);
  expect(world.host.watchers).toBe(1);
  stop();
  expect(world.host.watchers).toBe(0);
});
