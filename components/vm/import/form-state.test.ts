import { expect, it } from "vitest";
import type { ApplianceView } from "@/lib/model/appliance";
import { firstForm, inputOf, quotaAsked } from "./form-state";

const appliance: ApplianceView = {
  kind: "ova",
  name: "shop",
  description: "",
  os: "",
  firmware: "uefi",
  vcpus: null,
  memoryMib: 512,
  drivers: "common",
  disks: [
    { file: "a", format: "vmdk", sizeBytes: 1, capacityBytes: 3 * 1024 ** 3 },
    { file: "b", format: "vmdk", sizeBytes: 1, capacityBytes: 1024 ** 3 },
  ],
  networks: ["NAT"],
  verified: true,
};
const networks = [
  { name: "lab", active: true },
  { name: "old", active: false },
];

it("the form begins with what the file says, and with what VMs get otherwise", () => {
  const form = firstForm(appliance, networks);
  expect(form).toMatchObject({ name: "shop", vcpus: "1", memoryMib: "512", network: "lab" });
  expect(inputOf({ ...form, remove: false }, "i")).toMatchObject({ vcpus: 1, keep: true });
  expect(inputOf({ ...form, vcpus: "two" }, "i")).toBe(null);
});

it("memory counts with its room to grow, disks with their whole size", () => {
  const form = firstForm(appliance, networks);
  const room = { cpuCount: 4, memoryKib: 8 * 1024 ** 2 };
  expect(quotaAsked(form, appliance, room)).toEqual({
    vms: 1,
    vcpus: 1,
    memoryMib: 1024,
    diskGib: 4,
  });
});
