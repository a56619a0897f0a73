import { expect, it } from "vitest";
import { kvmCircumstances } from "./broken-kvm.mjs";
import { hideKvmDropIn } from "./libvirtd-config.mjs";

it("a KVM that did not work is tried again under other circumstances only", () => {
  const tried = kvmCircumstances({ qemuUser: "libvirt-qemu" });
  const dropIn = hideKvmDropIn(tried);
  expect(dropIn).toContain("InaccessiblePaths=-/dev/kvm");
  expect(dropIn).toContain(kvmCircumstances({ qemuUser: "libvirt-qemu" }));
  expect(dropIn).not.toContain(kvmCircumstances({ qemuUser: "root" }));
});
