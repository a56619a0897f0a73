import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { doctorLines } from "./doctor-lines.mjs";

const catalogue = JSON.parse(
  readFileSync(new URL("../../messages/en/doctor.json", import.meta.url), "utf8"),
);

it("says what is wrong and puts the command that mends it on the next line", () => {
  const checks = [
    {
      id: "network",
      status: "fail",
      titleKey: "check.network.title",
      detailKey: "check.network.inactive",
      values: { name: "default" },
      fix: "virsh net-start default",
    },
    {
      id: "kvm",
      status: "ok",
      titleKey: "check.kvm.title",
      detailKey: "check.kvm.works",
      values: { user: "libvirt-qemu" },
      fix: null,
    },
  ];
  expect(doctorLines({ status: "fail", checks }, catalogue)).toEqual([
    "✗ Network: the network default is not active",
    "    virsh net-start default",
    "✓ KVM: works: a guest was started with it as libvirt-qemu",
    "",
    "Something is broken.",
  ]);
});
