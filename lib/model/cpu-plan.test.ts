import { describe, expect, it } from "vitest";
import type { CpuAsked } from "./cpu";
import { cpuCommands } from "./cpu-commands";
import { type CpuHolder, planCpu } from "./cpu-plan";

const flat = { sockets: 1, cores: 4, threads: 1 };
const vm: CpuHolder = {
  state: "off",
  virtType: "qemu",
  next: { vcpus: 2, maxVcpus: 4 },
  cpu: { next: { topology: flat, model: "maximum" } },
};
const host = {
  cpuCount: 4,
  choices: { modes: ["host-model" as const, "maximum" as const], models: ["Nehalem", "qemu64"] },
};
const plan = (asked: Partial<CpuAsked>, differs: Partial<CpuHolder> = {}) =>
  planCpu({ ...vm, ...differs }, { maxVcpus: 4, ...flat, ...asked }, host);

describe("planCpu", () => {
  it.each([
    ["as it is", {}, {}, "unchanged"],
    ["as it is, said", { model: "maximum" }, {}, "unchanged"],
    ["what a new VM gets", { model: "default" }, {}, "unchanged"],
    ["another arrangement", { sockets: 2, cores: 1, threads: 2 }, {}, "now"],
    ["a model", { model: "Nehalem" }, {}, "now"],
    ["while it runs", { model: "Nehalem" }, { state: "running" }, "next_boot"],
    ["while it is paused", { maxVcpus: 8, cores: 8 }, { state: "paused" }, "next_boot"],
    [
      "a socket for each is what no topology means",
      { sockets: 4, cores: 1 },
      { cpu: { next: { topology: null, model: "maximum" } } },
      "unchanged",
    ],
  ] as const)("%s", (_name, asked, differs, when) => {
    expect(plan(asked, differs)).toMatchObject({ when, problem: null });
  });

  it.each([
    ["the product is not the maximum", { cores: 3 }, "cpu.product"],
    ["no whole number", { cores: 1.5 }, "cpu.counts"],
    ["not typed yet", { threads: Number.NaN }, "cpu.counts"],
    ["none", { maxVcpus: 0, cores: 0 }, "cpu.counts"],
    ["more than any VM", { maxVcpus: 65, cores: 65 }, "cpu.counts"],
    ["more than the host bears", { maxVcpus: 17, cores: 17 }, "cpu.above_host"],
    ["the host's own, in emulation", { model: "host-passthrough" }, "cpu.needs_kvm"],
    ["a model that the host lacks", { model: "EPYC" }, "cpu.model_unusable"],
  ] as const)("%s: the values are refused", (_name, asked, key) => {
    expect(plan(asked)).toMatchObject({ when: "refused", invalid: true, problem: { key } });
  });

  it.each([
    ["fewer than it has", { maxVcpus: 1, cores: 1 }, {}, "cpu.below_current"],
    ["its memory is saved", { model: "Nehalem" }, { state: "saved" }, "vm.is_saved"],
    ["it is going", { model: "Nehalem" }, { state: "deleting" }, "vm.bad_state"],
  ] as const)("%s: the state is against it", (_name, asked, differs, key) => {
    const refused = { when: "refused", invalid: false, problem: { key } };
    expect(plan(asked, differs)).toMatchObject(refused);
  });

  it("a mode that the host's libvirt does not offer is refused, with KVM too", () => {
    const kvm = { virtType: "kvm" } as const;
    expect(plan({ model: "host-passthrough" }, kvm).problem?.key).toBe("cpu.mode_unusable");
    expect(plan({ model: "default" }, kvm).problem).toMatchObject({ key: "cpu.mode_unusable" });
  });

  it("what is above the host's bound already may stay", () => {
    const many = { next: { vcpus: 2, maxVcpus: 32 } };
    expect(plan({ maxVcpus: 32, cores: 32 }, many)).toMatchObject({ when: "now" });
    expect(plan({ maxVcpus: 33, cores: 33 }, many)).toMatchObject({ when: "refused" });
  });

  it("a model that nobody names stays, whatever it is", () => {
    const odd = { cpu: { next: { topology: flat, model: "made-by-virsh" } } };
    expect(plan({}, odd)).toMatchObject({ when: "unchanged", cpu: { model: null } });
    expect(plan({ maxVcpus: 2, cores: 2 }, odd)).toMatchObject({
      when: "now",
      cpu: { model: null },
    });
  });
});

it("the commands are those of the plan", () => {
  expect(cpuCommands("p-web", plan({ cores: 2, threads: 2, model: "Nehalem" }))).toEqual([
    "virsh edit p-web",
    '# <vcpu current="…">4</vcpu>',
    '# <cpu mode="custom"><model>Nehalem</model>',
    '# <topology sockets="1" cores="2" threads="2"/>',
  ]);
  expect(cpuCommands("p-web", plan({ maxVcpus: 2, cores: 2 }))).toHaveLength(3);
  expect(cpuCommands("p-web", plan({ model: "host-model" }))[2]).toBe('# <cpu mode="host-model">');
});
