import { describe, expect, it, onTestFinished, vi } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { consoleSessions } from "@/lib/console/sessions";
import { noDiskLimits } from "@/lib/model/disk-limits";
import { newDiskSettings } from "@/lib/model/disk-settings";
import type { LiveEvent } from "@/lib/model/live-event";
import type { Context } from "../context";
import { changeRole } from "../project/change-role";
import { removeMember } from "../project/remove-member";
import { liveVm } from "../testing/live-vm";
import { addWatchRow } from "../testing/screen-rows";
import { addImage, addVm, makeWorld, type World } from "../testing/world";
import { createVm } from "../vm/create-vm";
import { setConsoleControl } from "../vm/set-console-control";
import { publish } from "./bus";
import { type LiveInput, subscribe } from "./subscribe";

function follow(ctx: Context, input: LiveInput): LiveEvent[] {
  const events: LiveEvent[] = [];
  onTestFinished(subscribe(ctx, input, (event) => events.push(event)));
  return events;
}

/** Of disks, backups and networks. */
const opening = ["revision", "revision", "revision"];

const ofType = <T extends LiveEvent["type"]>(events: LiveEvent[], type: T) =>
  events.filter((event): event is Extract<LiveEvent, { type: T }> => event.type === type);

async function opened(world: World, ctx: Context = world.viewer): Promise<LiveEvent[]> {
  const events = follow(ctx, { projectId: world.project });
  await eventually("the opening", () =>
    expect(events.map((event) => event.type)).toEqual(["snapshot", ...opening]),
  );
  return events;
}

describe("the live stream of a project", () => {
  it("opens with everything there is", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    world.host.set(liveVm(vm));
    const image = await addImage(world);
    const events = await opened(world);
    expect(events[0]).toMatchObject({
      type: "snapshot",
      vms: [{ id: vm.id, state: "running" }],
      images: [{ id: image.id }],
      hosts: [{ id: "local", connection: "connected" }],
    });
  });

  it("tells a watch that has fired to whoever made it, now and at the next opening, and nobody else", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const { userId } = world.member.actor;
    const { id } = await addWatchRow(world, vm, { createdById: userId });
    const [own, others] = [await opened(world, world.member), await opened(world, world.owner)];
    await world.db.screenWatch.update({ where: { id }, data: { firedAt: new Date(), fires: 1 } });
    publish({ type: "watch", projectId: world.project, userId, watchId: id });
    await eventually("the news", () => {
      expect(ofType(own, "watch")).toMatchObject([{ watch: { id, vmName: vm.name, fires: 1 } }]);
    });
    const later = follow(world.member, { projectId: world.project });
    await eventually("it again", () => expect(ofType(later, "watch")).toHaveLength(1));
    const another = follow(world.owner, { projectId: world.project });
    await eventually("an opening", () => expect(ofType(another, "revision")).toHaveLength(3));
    expect([...ofType(others, "watch"), ...ofType(another, "watch")]).toEqual([]);
  });

  it("tells who is at a console to those who may be there, and to nobody else", async () => {
    const world = await makeWorld();
    const { id: vmId } = await addVm(world);
    const [may, mayNot] = [await opened(world, world.member), await opened(world)];
    const viewer = { id: "one", vmId, projectId: world.project, kind: "screen" as const };
    const place = consoleSessions().enter(
      {
        ...viewer,
        ...{ vmName: "web", hostId: "local", uuid: "", bootId: "", userId: "u", sessionId: "s" },
        ...{ userName: "Ada", viewOnly: false, via: "member", shareId: null, openedAt: new Date() },
      },
      () => undefined,
    );
    if ("noRoom" in place) throw new Error(place.noRoom);
    const ada = { id: "one", name: "Ada", kind: "screen", via: "member", viewOnly: false };
    const last = () => ofType(may, "consoles").at(-1)?.consoles;
    await eventually("her", () =>
      expect(last()).toEqual({ viewers: [ada], control: null, recorded: false }),
    );
    // Whoever comes later is told with the snapshot.
    const late = follow(world.member, { projectId: world.project });
    await eventually("her again", () => expect(ofType(late, "consoles")).toHaveLength(1));
    await setConsoleControl(world.member, { vmId, consoleId: "one" });
    await eventually("her hand", () => expect(last()?.control).toBe("one"));
    await expect(setConsoleControl(world.member, { vmId, consoleId: "two" })).rejects.toMatchObject(
      { code: "not_found" },
    );
    place.leave();
    await eventually("nobody", () =>
      expect(last()).toEqual({ viewers: [], control: null, recorded: false }),
    );
    expect(ofType(mayNot, "consoles")).toEqual([]);
    const rows = await world.db.auditEvent.findMany({ where: { action: "vm.console_control" } });
    expect(rows.map(({ outcome }) => outcome)).toEqual(["ok", "failed"]);
  });

  it("sends what libvirt reports of the project's VMs, and nobody else's", async () => {
    const world = await makeWorld();
    const own = await addVm(world);
    const foreign = await addVm({ db: world.db, project: world.otherProject });
    const events = await opened(world);
    world.host.set(liveVm(foreign));
    world.host.set(liveVm(own, { state: "paused" }));
    await eventually("the change", () => expect(ofType(events, "vm")).toHaveLength(1));
    expect(ofType(events, "vm")[0]?.vm).toMatchObject({ id: own.id, state: "paused" });
    expect(JSON.stringify(events)).not.toContain(foreign.id);
  });

  it("sends a storm of one VM as a few events, the last one last", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const events = await opened(world);
    for (let cpuPercent = 1; cpuPercent <= 100; cpuPercent++) {
      world.host.set(liveVm(vm, { cpuPercent }));
    }
    await eventually("the last state", () =>
      expect(ofType(events, "vm").at(-1)?.vm.cpuPercent).toBe(100),
    );
    expect(ofType(events, "vm").length).toBeLessThanOrEqual(3);
  });

  it("sends a VM's hardware when that changes, before the VM that names it", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const disk = { target: "sda", bus: "sata", device: "cdrom" as const, format: "raw" };
    const sizes = {
      capacityBytes: null,
      allocationBytes: null,
      bootOrder: null,
      limits: noDiskLimits,
      settings: newDiskSettings,
    };
    const empty = { ...disk, ...sizes, pool: null, volume: null, path: null };
    const medium = { ...empty, path: "/home/someone/secret-name.iso" };
    world.host.set(liveVm(vm, { disks: [empty], nextDisks: [empty] }));
    const events = await opened(world);
    world.host.set(liveVm(vm, { disks: [empty], nextDisks: [empty], cpuPercent: 99 }));
    await eventually("the load", () => expect(ofType(events, "vm")).toHaveLength(1));
    expect(ofType(events, "vm.hardware")).toEqual([]);
    world.host.set(liveVm(vm, { disks: [medium], nextDisks: [empty] }));
    await eventually("the medium", () => expect(ofType(events, "vm")).toHaveLength(2));
    const [told, after] = events.slice(-2);
    expect(told).toMatchObject({
      type: "vm.hardware",
      id: vm.id,
      hardware: { disks: [{ filled: true, volume: null, next: { filled: false } }] },
    });
    const revision = told?.type === "vm.hardware" ? told.revision : "none";
    expect(after).toMatchObject({ type: "vm", vm: { id: vm.id, hardware: revision } });
    expect(JSON.stringify(events)).not.toContain("secret-name");
  });

  it("sends tasks and images as they change, and what is removed", async () => {
    const world = await makeWorld();
    const image = await addImage(world);
    const events = await opened(world);
    const { vmId, taskId } = await createVm(world.member, {
      projectId: world.project,
      name: "n",
      imageId: null,
      vcpus: 1,
      memoryMib: 512,
      diskGib: 1,
      diskFormat: "qcow2",
      network: "default",
      firmware: "bios",
    });
    await eventually("the VM", () => expect(ofType(events, "vm")[0]?.vm.id).toBe(vmId));
    await eventually("the task", () => expect(ofType(events, "task")[0]?.task.id).toBe(taskId));
    await world.db.image.delete({ where: { id: image.id } });
    publish({ type: "image.removed", projectId: world.project, imageId: image.id });
    await eventually("the removed image", () =>
      expect(ofType(events, "image.removed")).toEqual([{ type: "image.removed", id: image.id }]),
    );
  });

  it("says that the host went away and came back, without its technical text", async () => {
    const world = await makeWorld();
    const events = await opened(world);
    world.host.connection = "unreachable";
    world.host.change({ type: "host" });
    await eventually("the host", () =>
      expect(ofType(events, "host").at(-1)?.host).toMatchObject({
        connection: "unreachable",
        connectionError: null,
      }),
    );
    world.host.connection = "connected";
    world.host.change({ type: "resync" });
    await eventually("a fresh snapshot", () =>
      expect(ofType(events, "snapshot").at(-1)?.hosts).toMatchObject([{ connection: "connected" }]),
    );
  });

  it("says of the VMs of a host that went away that their state is not known", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    world.host.set(liveVm(vm));
    const events = await opened(world);
    const shown = () => ofType(events, "snapshot").at(-1)?.vms[0]?.state;
    expect(shown()).toBe("running");
    for (const [connection, state] of [
      ["unreachable", "unknown"],
      ["connected", "running"],
    ] as const) {
      world.host.connection = connection;
      world.host.change({ type: "host" });
      await eventually(state, () => expect(shown()).toBe(state));
    }
  });

  it("ends soon after the right is gone, and says nothing more", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const ends = ["access_ended", "signed_out", "signed_out"];
    const [byRole, bySession, byAccount] = [world.viewer, world.member, world.owner];
    const streams = await Promise.all(
      [byRole, bySession, byAccount].map((ctx) => opened(world, ctx)),
    );
    await world.db.membership.deleteMany({ where: { userId: byRole.actor.userId } });
    await world.db.session.update({
      where: { id: bySession.actor.sessionId },
      data: { revokedAt: new Date() },
    });
    await world.db.user.update({
      where: { id: byAccount.actor.userId },
      data: { disabledAt: new Date() },
    });
    await eventually("the end of the streams", () => {
      expect(streams.map((events) => events.at(-1)?.type)).toEqual(ends);
    });
    world.host.set(liveVm(vm));
    publish({ type: "vm", projectId: world.project, vmId: vm.id });
    await eventually("a later event for somebody else", async () => {
      const events = await opened(world, world.admin);
      expect(events).not.toEqual([]);
    });
    expect(streams.map((events) => events.at(-1)?.type)).toEqual(ends);
  });

  it("hears of what this process changes at once: another role, then none", async () => {
    // The look at the database that comes every few seconds never runs here.
    vi.useFakeTimers({ toFake: ["setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const world = await makeWorld();
    const { owner, member, project: projectId } = world;
    const [mine, others] = await Promise.all([opened(world, member), opened(world, world.viewer)]);
    const { userId } = member.actor;
    await changeRole(owner, { projectId, userId, role: "viewer" });
    await eventually("the role", () => expect(mine.at(-1)).toEqual({ type: "rights_changed" }));
    await removeMember(owner, { projectId, userId });
    await eventually("the end", () => expect(mine.at(-1)).toEqual({ type: "access_ended" }));
    expect(others.map((event) => event.type)).toEqual(["snapshot", ...opening]);
  });

  it("is not there for strangers", async () => {
    const world = await makeWorld();
    const send = () => undefined;
    expect(() => subscribe(world.outsider, { projectId: world.project }, send)).toThrow(
      "not found",
    );
  });
});
