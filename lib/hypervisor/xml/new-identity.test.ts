import { expect, it } from "vitest";
import { buildDomain } from "./build-domain";
import { specOf } from "./golden/specs";
import { macOf } from "./mac";
import { withNewIdentity } from "./new-identity";
import { parseDomain } from "./parse-domain";
import { find, textOf } from "./query";
import { parseXml } from "./tree";

const identity = {
  uuid: "1b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a34",
  domainName: "p-new",
  title: "New & <one>",
  owner: { vmId: "new", projectId: "p2" },
  consoleSocketPath: "/run/new.sock",
  disks: {
    vda: { pool: "d", volume: "p-new-0.raw", format: "raw", serial: null },
  },
} as const;

const spec = specOf({ firmware: "uefi", consoleSocketPath: "/run/old.sock" });
const before = buildDomain(spec, { directIo: true, filter: "clean-traffic" });

it("has its own names, address, files, screen and firmware variables, and an empty drive", () => {
  const old = before
    .replace("</os>", "<nvram template='/t.fd'>/var/old_VARS.fd</nvram></os>")
    .replace("</title>", "</title><genid>0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a30</genid>");
  const xml = withNewIdentity(old, identity);
  const domain = parseDomain(xml);
  expect(domain).toMatchObject({
    uuid: identity.uuid,
    domainName: "p-new",
    title: "New & <one>",
    owner: identity.owner,
    firmware: "uefi",
    nics: [{ mac: macOf(identity.uuid, 0), network: "default" }],
    consoles: [{ socketPath: "/run/new.sock" }],
  });
  const [disk, drive] = domain.disks;
  expect(disk).toMatchObject({ target: "vda", pool: "d", volume: "p-new-0.raw", format: "raw" });
  expect(drive).toMatchObject({ device: "cdrom", pool: null, volume: null, path: null });
  for (const own of [spec.uuid, spec.domainName, "/run/old.sock", "old_VARS"]) {
    expect(xml).not.toContain(own);
  }
  const root = parseXml(xml);
  expect(find(root, "os/nvram")).toMatchObject({ attributes: { template: "/t.fd" }, children: [] });
  expect(find(root, "genid")?.children).toEqual([]);
  expect(textOf(find(root, "devices/disk/serial"))).toBe(spec.disk.serial);
});

it("keeps all else, what it does not know included", () => {
  const odd = before.replace("</metadata>", "<x:y xmlns:x='urn:x'/></metadata><odd a='1'/>");
  const xml = withNewIdentity(odd, identity);
  expect(find(parseXml(xml), "odd")?.attributes).toEqual({ a: "1" });
  expect(xml).toContain("x:y");
  expect(xml).toContain("clean-traffic");
  expect(parseDomain(xml).sizes).toEqual(parseDomain(odd).sizes);
});

it("leaves out a disk that is not named, and lets libvirt choose the screen's socket", () => {
  const xml = withNewIdentity(before, { ...identity, disks: {}, consoleSocketPath: null });
  expect(parseDomain(xml).disks.map((disk) => disk.device)).toEqual(["cdrom"]);
  expect(parseDomain(xml).consoles).toMatchObject([{ listen: "socket", socketPath: null }]);
});

it("takes a serial number where one is given", () => {
  const disks = { vda: { ...identity.disks.vda, serial: "s-1" } };
  const root = parseXml(withNewIdentity(before, { ...identity, disks }));
  expect(textOf(find(root, "devices/disk/serial"))).toBe("s-1");
});

it("refuses what is no domain", () => {
  expect(() => withNewIdentity("<network/>", identity)).toThrow("not a domain");
});
