import { describe, expect, it } from "vitest";
import { readCpu, withCpu } from "./cpu";
import { readSizes } from "./parse-domain";
import { parseXml, printXml } from "./tree";

const domain = (cpu: string, vcpu = "<vcpu current='2'>4</vcpu>") =>
  parseXml(`<domain><name>x</name>${vcpu}<memory>1024</memory>${cpu}<devices/></domain>`);
const maximum =
  "<cpu mode='maximum' check='none' migratable='on'><topology sockets='1' dies='1' cores='4' threads='1'/></cpu>";
const topology = { sockets: 2, cores: 2, threads: 2 };

describe("readCpu", () => {
  it.each([
    [maximum, { topology: { sockets: 1, cores: 4, threads: 1 }, model: "maximum" }],
    ["<cpu mode='host-passthrough'/>", { topology: null, model: "host-passthrough" }],
    ["<cpu mode='host-model'/>", { topology: null, model: "host-model" }],
    [
      "<cpu mode='custom' match='exact'><model fallback='forbid'>EPYC</model></cpu>",
      { topology: null, model: "EPYC" },
    ],
    [
      "<cpu><topology sockets='1' dies='2' cores='3' threads='2'/></cpu>",
      { topology: { sockets: 1, cores: 6, threads: 2 }, model: null },
    ],
    ["", { topology: null, model: null }],
  ])("%s", (cpu, read) => {
    expect(readCpu(domain(cpu))).toEqual(read);
  });
});

describe("withCpu", () => {
  it.each(["host-passthrough", "host-model", "maximum", "EPYC-Rome"])(
    "%s is read back, from any other",
    (model) => {
      const odd = "<cpu mode='custom'><model>pentium</model><feature name='x'/></cpu>";
      for (const before of [domain(maximum), domain(""), domain(odd)]) {
        const after = withCpu(before, { maxVcpus: 8, cpu: { topology, model } });
        expect(readCpu(after)).toEqual({ topology, model });
        expect(readSizes(after)).toMatchObject({ vcpus: 2, maxVcpus: 8 });
        expect(printXml(after)).not.toContain("feature");
      }
    },
  );

  it("without another model keeps what belongs to it, and in any case guest's NUMA cells", () => {
    const numa = "<numa><cell id='0' cpus='0-3' memory='1024' unit='KiB'/></numa>";
    const before = domain(`<cpu mode='custom'><model>EPYC</model><feature name='x'/>${numa}</cpu>`);
    const kept = printXml(withCpu(before, { maxVcpus: 8, cpu: { topology, model: null } }));
    for (const part of ["EPYC", "feature", "<numa>", '<topology sockets="2"']) {
      expect(kept).toContain(part);
    }
    const other = withCpu(before, { maxVcpus: 8, cpu: { topology, model: "maximum" } });
    expect(printXml(other)).toContain("<numa>");
  });

  it("the count that it starts with stays, said or not; single vCPUs are libvirt's to list", () => {
    const listed = "<vcpu>4</vcpu><vcpus><vcpu id='0' enabled='yes'/></vcpus>";
    const after = withCpu(domain(maximum, listed), { maxVcpus: 8, cpu: { topology, model: null } });
    expect(readSizes(after)).toMatchObject({ vcpus: 4, maxVcpus: 8 });
    expect(printXml(after)).not.toContain("<vcpus>");
  });
});
