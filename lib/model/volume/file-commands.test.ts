import { expect, it } from "vitest";
import { fileCommands } from "./file-commands";

it("the page of a disk's file stands for three commands", () => {
  const file = { pool: "portico-disks", volume: "it's.qcow2", running: false };
  expect(fileCommands(file)).toEqual([
    "virsh vol-info --bytes --pool portico-disks 'it'\\''s.qcow2'",
    "virsh vol-dumpxml --pool portico-disks 'it'\\''s.qcow2'",
    "qemu-img info --backing-chain \"$(virsh vol-path --pool portico-disks 'it'\\''s.qcow2')\"",
  ]);
  expect(fileCommands({ ...file, running: true })[2]).toMatch(/^qemu-img info -U --backing/);
});
