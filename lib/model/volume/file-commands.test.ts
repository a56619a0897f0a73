import { expect, it } from "vitest";
import { checkCommand, fileCommands, rewriteCommands } from "./file-commands";

it("the page of a disk's file stands for three commands", () => {
  const file = { pool: "portico-disks", volume: "it's.qcow2", running: false };
  expect(fileCommands(file)).toEqual([
    "virsh vol-info --bytes --pool portico-disks 'it'\\''s.qcow2'",
    "virsh vol-dumpxml --pool portico-disks 'it'\\''s.qcow2'",
    "qemu-img info --backing-chain \"$(virsh vol-path --pool portico-disks 'it'\\''s.qcow2')\"",
  ]);
  expect(fileCommands({ ...file, running: true })[2]).toMatch(/^qemu-img info -U --backing/);
});

it("writing a file anew stands for a new one, and its place in the definition", () => {
  const file = {
    pool: "portico-disks",
    volume: "p-a-0.qcow2",
    format: "qcow2",
    to: "raw",
    capacityBytes: 1024,
    domainName: "p-a",
  };
  expect(rewriteCommands(file)).toEqual([
    "virsh vol-create-as portico-disks p-a-0-new.raw 1024 --format raw",
    'qemu-img convert -n -p -f qcow2 -O raw "$(virsh vol-path --pool portico-disks p-a-0.qcow2)" "$(virsh vol-path --pool portico-disks p-a-0-new.raw)"',
    "virsh edit p-a",
  ]);
  expect(rewriteCommands({ ...file, domainName: null })).toHaveLength(2);
});

it("a check stands for qemu-img's", () => {
  expect(checkCommand({ pool: "p", volume: "a.qcow2" })).toBe(
    'qemu-img check -f qcow2 "$(virsh vol-path --pool p a.qcow2)"',
  );
});
