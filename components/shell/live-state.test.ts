import { describe, expect, it } from "vitest";
import type { LiveEvent } from "@/lib/model/live-event";
import type { VmView } from "@/lib/model/vm";
import { applyEvents, emptyLiveState } from "./live-state";

function vm(id: string, name = id): VmView {
  return { id, name } as VmView;
}

const snapshot: LiveEvent = {
  type: "snapshot",
  vms: [vm("a"), vm("b")],
  tasks: [],
  images: [],
  hosts: [],
};

describe("applyEvents", () => {
  it("takes a snapshot as the whole truth", () => {
    const before = applyEvents(emptyLiveState, [{ type: "vm", vm: vm("old") }]);
    expect(before.ready).toBe(false);
    const after = applyEvents(before, [snapshot]);
    expect(after.ready).toBe(true);
    expect([...after.vms.keys()]).toEqual(["a", "b"]);
  });

  it("applies changes and removals in order", () => {
    const state = applyEvents(emptyLiveState, [
      snapshot,
      { type: "vm", vm: vm("a", "renamed") },
      { type: "vm", vm: vm("c") },
      { type: "vm.removed", id: "b" },
    ]);
    expect([...state.vms.values()].map((each) => each.name)).toEqual(["renamed", "c"]);
  });

  it("tells a VM that went, by event or while away, from one not known yet", () => {
    const first = applyEvents(emptyLiveState, [snapshot, { type: "vm.removed", id: "a" }]);
    expect([...first.goneVms]).toEqual(["a"]);
    const second = applyEvents(first, [{ ...snapshot, vms: [vm("c")] }]);
    expect([...second.goneVms].sort()).toEqual(["a", "b"]);
    expect(applyEvents(second, [snapshot]).goneVms.has("a")).toBe(false);
  });

  it("leaves the given state and the collections that did not change alone", () => {
    const first = applyEvents(emptyLiveState, [snapshot]);
    const second = applyEvents(first, [
      { type: "vm", vm: vm("c") },
      { type: "vm", vm: vm("d") },
    ]);
    expect(first.vms.size).toBe(2);
    expect(second.vms.size).toBe(4);
    expect(second.tasks).toBe(first.tasks);
    expect(second.images).toBe(first.images);
  });

  it("keeps the last hardware of a VM, with its revision", () => {
    const hardware = {
      machine: null,
      disks: [],
      nics: [],
      freePorts: null,
      modules: { now: null, next: null },
      boot: [],
      recovery: null,
      clipboard: null,
      video: null,
      cpu: null,
    };
    const tell = (revision: string): LiveEvent => ({
      type: "vm.hardware",
      id: "a",
      revision,
      hardware,
    });
    const state = applyEvents(emptyLiveState, [snapshot, tell("1"), tell("2")]);
    expect(state.hardware.get("a")).toMatchObject({ revision: "2", hardware });
  });

  it("keeps the last revision of each kind, also over a snapshot", () => {
    const tell = (revision: string): LiveEvent => ({ type: "revision", of: "hosts", revision });
    const state = applyEvents(emptyLiveState, [tell("a"), snapshot, tell("b"), snapshot]);
    expect([...state.revisions]).toEqual([["hosts", "b"]]);
  });

  it.each(["signed_out", "access_ended"] as const)("keeps what was known at %s", (type) => {
    const state = applyEvents(emptyLiveState, [snapshot, { type }]);
    expect(state.ended).toBe(type);
    expect(state.vms.size).toBe(2);
  });

  it("counts changes of rights, across snapshots too", () => {
    const once = applyEvents(emptyLiveState, [snapshot, { type: "rights_changed" }]);
    expect(once.rightsChanges).toBe(1);
    expect(applyEvents(once, [snapshot, { type: "rights_changed" }]).rightsChanges).toBe(2);
  });
});
