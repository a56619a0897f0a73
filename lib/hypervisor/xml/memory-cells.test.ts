import { describe, expect, it } from "vitest";
import { modulesKib, withFittedCells } from "./memory-cells";
import { childrenOf, find } from "./query";
import { parseXml, printXml, type XmlElement } from "./tree";

const domain = (cells: string, modules = "") =>
  parseXml(
    `<domain type='kvm'><name>x</name><cpu mode='maximum'><topology sockets='1' cores='4' threads='1'/>
    <numa>${cells}</numa></cpu><devices>${modules}</devices></domain>`,
  );
const two =
  "<cell id='0' cpus='0-1' memory='1' unit='GiB' memAccess='shared'><distances/></cell><cell id='1' cpus='2-3' memory='3072' unit='MiB'/>";
const one = "<cell id='0' cpus='0-3' memory='1048576'/>";
const dimm = `<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target></memory>`;

const cellsOf = (root: XmlElement) =>
  childrenOf(find(root, "cpu/numa"), "cell").map(({ attributes }) => attributes);

describe("withFittedCells", () => {
  it("keeps a definition whose cells fit, and one that has none", () => {
    for (const root of [domain(two), domain("")]) {
      expect(printXml(withFittedCells(root, { maxVcpus: 4 }))).toBe(printXml(root));
    }
    const same = withFittedCells(domain(two), { maxVcpus: 4, maxMemoryKib: 4 * 1024 ** 2 });
    expect(cellsOf(same)).toMatchObject([
      { cpus: "0-1", memory: "1048576", unit: "KiB" },
      { cpus: "2-3", memory: "3145728", unit: "KiB" },
    ]);
  });

  it("gives the only cell all memory and every vCPU", () => {
    const fitted = withFittedCells(domain(one), { maxVcpus: 6, maxMemoryKib: 2_000_000 });
    expect(cellsOf(fitted)).toEqual([{ id: "0", cpus: "0-5", memory: "2000000", unit: "KiB" }]);
    const fewer = withFittedCells(domain(one), { maxVcpus: 1 });
    expect(cellsOf(fewer)).toEqual([{ id: "0", cpus: "0", memory: "1048576" }]);
  });

  it("leaves modules that are defined what they have", () => {
    const root = domain(one, dimm);
    expect(modulesKib(root)).toBe(262_144);
    const fitted = withFittedCells(root, { maxVcpus: 4, maxMemoryKib: 2_262_144 });
    expect(cellsOf(fitted)).toMatchObject([{ memory: "2000000" }]);
  });

  it("keeps the shares of several cells, gives the last one new vCPUs, and changes no argument", () => {
    const root = domain(two);
    const before = printXml(root);
    const grown = withFittedCells(root, { maxVcpus: 6, maxMemoryKib: 8_000_001 });
    expect(cellsOf(grown)).toMatchObject([
      { id: "0", cpus: "0-1", memory: "2000000", unit: "KiB", memAccess: "shared" },
      { id: "1", cpus: "2-5", memory: "6000001", unit: "KiB" },
    ]);
    expect(find(grown, "cpu/numa/cell/distances")).not.toBeNull();
    const shrunk = cellsOf(withFittedCells(root, { maxVcpus: 2 }));
    expect(shrunk[1]).toEqual({ id: "1", memory: "3072", unit: "MiB" });
    expect(printXml(root)).toBe(before);
  });
});
