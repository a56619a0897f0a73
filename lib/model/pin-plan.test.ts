import { describe, expect, it } from "vitest";
import { planPin } from "./pin-plan";
import { cpusOf, pinCommands, sharedWith } from "./pinning";

const hostCpus = [0, 1, 2, 3];
const off = { state: "off", bootId: null, live: { maxVcpus: 4 }, next: { maxVcpus: 4 } } as const;
const runs = { ...off, state: "running", bootId: "b" } as const;
const first = { vcpus: [{ vcpu: 0, cpus: [1] }] };

describe("planPin", () => {
  it("binds a running guest at once, and one that is off from its next start on", () => {
    expect(planPin(runs, first, hostCpus)).toEqual({ live: true, problem: null, invalid: false });
    expect(planPin(off, first, hostCpus)).toEqual({ live: false, problem: null, invalid: false });
    expect(planPin(runs, { vcpus: [], emulator: null }, hostCpus).problem).toBeNull();
  });

  it.each([
    ["nothing", { vcpus: [] }, "pin.nothing"],
    ["a vCPU that it does not have", { vcpus: [{ vcpu: 4, cpus: [0] }] }, "pin.no_vcpu"],
    ["no CPU", { vcpus: [{ vcpu: 0, cpus: [] }] }, "pin.empty"],
    ["a CPU that the host lacks", { vcpus: [{ vcpu: 0, cpus: [3, 4] }] }, "pin.no_cpu"],
    ["the emulator to such a one", { vcpus: [], emulator: [9] }, "pin.no_cpu"],
  ])("%s is refused", (_name, asked, key) => {
    expect(planPin(runs, asked, hostCpus)).toMatchObject({ problem: { key }, invalid: true });
  });

  it("a vCPU that only one of running guest and next start has waits", () => {
    const last = { vcpus: [{ vcpu: 3, cpus: [0] }] };
    for (const fewer of [{ live: { maxVcpus: 2 } }, { next: { maxVcpus: 2 } }]) {
      expect(planPin({ ...runs, ...fewer }, last, hostCpus).problem?.key).toBe("pin.no_vcpu");
    }
    const grown = { ...off, live: { maxVcpus: 2 } };
    expect(planPin(grown, last, hostCpus).problem).toBeNull();
  });

  it.each([
    ["saved", "vm.is_saved"],
    ["deleting", "vm.bad_state"],
  ] as const)("%s is no state for it", (state, key) => {
    const refusal = { problem: { key }, invalid: false };
    expect(planPin({ ...off, state }, first, hostCpus)).toMatchObject(refusal);
  });
});

it("the commands say every set in full, and where", () => {
  const asked = { vcpus: [...first.vcpus, { vcpu: 1, cpus: null }], emulator: [0, 1] };
  expect(pinCommands("p-web", asked, hostCpus, true)).toEqual([
    "virsh vcpupin p-web 0 1 --live --config",
    "virsh vcpupin p-web 1 0-3 --live --config",
    "virsh emulatorpin p-web 0-1 --live --config",
  ]);
  expect(pinCommands("p-web", first, hostCpus, false)).toEqual([
    "virsh vcpupin p-web 0 1 --config",
  ]);
});

it("what is shared is told by CPU, and who shares nothing is left out", () => {
  const neighbours = [
    { name: "one", cpus: [0, 1] },
    { name: "two", cpus: [3] },
  ];
  expect(sharedWith([1, 2], neighbours)).toEqual([{ name: "one", cpus: [1] }]);
});

it("a host's CPUs are those of all cells, in order", () => {
  const core = (cpus: number[]) => ({ socket: 0, core: 0, cpus });
  const cell = (cpus: number[]) => ({ cell: 0, memoryKib: null, cores: [core(cpus)] });
  expect(cpusOf([cell([1, 3]), cell([0, 2])])).toEqual([0, 1, 2, 3]);
});
