import { describe, expect, it } from "vitest";
import {
  limitNicProblem,
  type NicHolder,
  nicsPerVm,
  planAddNic,
  removeNicProblem,
} from "./nic-plan";

const running: NicHolder = { state: "running", machine: "pc-q35-7.2", freePorts: 1, nics: [{}] };

describe("adding a network card", () => {
  it.each([
    [{}, "virtio", true],
    [{ state: "paused" as const }, "e1000e", true],
    [{}, "rtl8139", false],
    [{}, "e1000", false],
    [{ freePorts: 0 }, "e1000", false],
    [{ machine: "pc-i440fx-7.2", freePorts: null }, "rtl8139", true],
    [{ state: "off" as const, freePorts: null }, "virtio", false],
  ] as const)("%j, %s: in the running guest is %s", (differs, model, live) => {
    expect(planAddNic({ ...running, ...differs }, model)).toEqual({ live, problem: null });
  });

  it.each([
    [{ state: "deleting" as const }, "nic.not_now"],
    [{ nics: Array.from({ length: nicsPerVm }, () => ({})) }, "nic.too_many"],
    [{ freePorts: 0 }, "vm.no_port"],
  ])("is refused for %j", (differs, key) => {
    expect(planAddNic({ ...running, ...differs }, "virtio").problem).toMatchObject({ key });
  });
});

describe("taking a network card out", () => {
  it.each([
    ["running", "both", null],
    ["off", "both", null],
    ["paused", "next_boot", null],
    ["paused", "both", "vm.first_resume"],
    ["paused", "now", "vm.first_resume"],
    ["missing", "both", "nic.not_now"],
  ] as const)("of a VM that is %s, where %s has it: %s", (state, when, key) => {
    expect(removeNicProblem({ state }, { when })?.key ?? null).toBe(key);
  });
});

it("a card of QEMU's own network is held to no limits", () => {
  expect(limitNicProblem({ network: "user" })).toEqual({ key: "nic.user_limits" });
  expect(limitNicProblem({ network: "default" })).toBeNull();
});
