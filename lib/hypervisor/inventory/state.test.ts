import { describe, expect, it } from "vitest";
import { mapState } from "./state";

describe("mapState", () => {
  it.each([
    [0, 0, "unknown", null],
    [1, 1, "running", "booted"],
    [1, 5, "running", "unpaused"],
    [2, 0, "running", null],
    [3, 1, "paused", "user"],
    [3, 5, "paused_io_error", "io error"],
    [3, 10, "crashed", "crashed"],
    [3, 11, "running", "starting up"],
    [4, 1, "shutting_down", null],
    [5, 1, "off", "shutdown"],
    [5, 2, "off", "destroyed"],
    [5, 3, "crashed", "crashed"],
    [5, 5, "off", "saved"],
    [5, 6, "off", "failed"],
    [6, 1, "crashed", "panicked"],
    [7, 0, "suspended", null],
    [99, 0, "unknown", null],
    [1, 99, "running", null],
  ])("libvirt's %i/%i is %s (%s)", (state, reason, expected, stateReason) => {
    expect(mapState(state, reason)).toEqual({ state: expected, stateReason });
  });

  it("what is off with its memory kept is saved, whatever the daemon remembers of the reason", () => {
    expect(mapState(5, 5, true)).toEqual({ state: "saved", stateReason: "saved" });
    expect(mapState(5, 0, true)).toEqual({ state: "saved", stateReason: null });
  });
});
