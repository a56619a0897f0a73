import { expect, it } from "vitest";
import { asRestored } from "./edit-restored";

const former = `<domain type="qemu"><name>p-a</name><uuid>u</uuid><title>then</title>
<devices><disk type="file" device="disk"><driver name="qemu" type="raw"/><source file="/old"/>
<backingStore/><target dev="vda" bus="virtio"/><serial>s</serial></disk>
<disk type="volume" device="cdrom"><source pool="i" volume="x.iso"/><target dev="sda"/></disk>
<interface type="network"><mac address="52:54:00:00:00:01"/></interface></devices></domain>`;
const disks = { vda: { pool: "p", volume: "new.qcow2", format: "qcow2" as const } };

it("keeps who the VM is, and takes its disks, its words of now and an empty drive", () => {
  const xml = asRestored(former, { title: "<now>", description: "", disks }) ?? "";
  expect(xml).toContain("<title>&lt;now&gt;</title>");
  expect(xml).not.toContain("then");
  expect(xml).toMatch(/source pool=['"]p['"] volume=['"]new.qcow2['"]/);
  expect(xml).toMatch(/type=['"]qcow2['"]/);
  for (const kept of ["p-a", "52:54:00:00:00:01", "<serial>s</serial>"])
    expect(xml).toContain(kept);
  for (const gone of ["x.iso", "/old", "backingStore"]) expect(xml).not.toContain(gone);
});

it("is nothing for other disks than it has", () => {
  const now = { title: "", description: "" };
  expect(asRestored(former, { ...now, disks: {} })).toBeNull();
  const { vda } = disks;
  expect(asRestored(former, { ...now, disks: { vda, vdb: vda } })).toBeNull();
});
