import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DomainSpec } from "../types";
import { buildDomain } from "./build-domain";
import { goldenSpecs, specOf } from "./golden/specs";
import { parseDomain } from "./parse-domain";
import { childrenOf, find } from "./query";
import { parseXml } from "./tree";

describe("buildDomain", () => {
  it.each(Object.entries(goldenSpecs))("writes the golden file %s", async (name, spec) => {
    const xml = buildDomain(spec, { directIo: name.startsWith("kvm"), filter: null });
    await expect(xml).toMatchFileSnapshot(`./golden/${name}.golden.xml`);
  });

  it("never lets VNC listen on an address, whatever the spec says", () => {
    for (const spec of Object.values(goldenSpecs)) {
      const xml = buildDomain(spec, { directIo: false, filter: null });
      expect(parseDomain(xml).consoles).toEqual([
        { type: "vnc", listen: "socket", socketPath: spec.consoleSocketPath },
      ]);
      expect(xml).not.toMatch(/type="address"|websocket|autoport|keymap/);
    }
  });

  it("gives back what it was given", () => {
    const spec = specOf({ vcpus: 2, maxVcpus: 8, memoryKib: 300_000, maxMemoryKib: 900_000 });
    const parsed = parseDomain(buildDomain(spec, { directIo: true, filter: null }));
    expect(parsed).toMatchObject({
      uuid: spec.uuid,
      domainName: spec.domainName,
      id: null,
      title: spec.title,
      owner: { vmId: spec.vmId, projectId: spec.projectId },
      virtType: "qemu",
      firmware: "bios",
      sizes: { vcpus: 2, maxVcpus: 8, memoryKib: 300_000, maxMemoryKib: 900_000 },
    });
    expect(parsed.disks.map(({ target, bootOrder }) => [target, bootOrder])).toEqual([
      ["vda", 1],
      ["sda", 2],
    ]);
  });

  it("holds a card to its addresses by the filter, and has none in user mode", () => {
    const filterOf = (network: string) => {
      const xml = buildDomain(specOf({ network }), { directIo: false, filter: "clean-traffic" });
      return find(parseXml(xml), "devices/interface/filterref");
    };
    expect(filterOf("default")).toMatchObject({ attributes: { filter: "clean-traffic" } });
    expect(filterOf("user")).toBeNull();
  });

  it("keeps any title inside its element", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (title) => {
        const root = parseXml(buildDomain(specOf({ title }), { directIo: false, filter: null }));
        expect(childrenOf(root, "devices")).toHaveLength(1);
        expect(childrenOf(root, "title")).toHaveLength(1);
        expect(find(root, "title")?.children.every((child) => typeof child === "string")).toBe(
          true,
        );
      }),
      { numRuns: 100 },
    );
  });

  it("gives each UUID its own stable, locally administered MAC address", () => {
    const macOfSpec = (spec: DomainSpec) =>
      parseDomain(buildDomain(spec, { directIo: false, filter: null })).nics[0]?.mac;
    const first = macOfSpec(specOf({}));
    expect(first).toMatch(/^52:54(:[0-9a-f]{2}){4}$/);
    expect(macOfSpec(specOf({ title: "other" }))).toBe(first);
    expect(macOfSpec(specOf({ uuid: "5c9a61b9-0000-4000-8000-000000000000" }))).not.toBe(first);
  });
});
