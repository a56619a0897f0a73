import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { hideKvmDropIn } from "./libvirtd-config.mjs";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "portico-kvm-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** As a new process would see it. */
async function anew() {
  vi.resetModules();
  return import("./broken-kvm.mjs");
}
const answering = (complaint: string | null) => ({
  device: "/dev/null",
  attempt: vi.fn(async () => complaint),
});

it("a KVM that did not work is tried again under other circumstances only", async () => {
  const { kvmCircumstances } = await anew();
  const tried = kvmCircumstances({ qemuUser: "libvirt-qemu" });
  const dropIn = hideKvmDropIn(tried);
  expect(dropIn).toContain("InaccessiblePaths=-/dev/kvm");
  expect(dropIn).toContain(kvmCircumstances({ qemuUser: "libvirt-qemu" }));
  expect(dropIn).not.toContain(kvmCircumstances({ qemuUser: "root" }));
});

it("a KVM that works is not tried at the next start, unless something has changed", async () => {
  const setup = { qemuUser: "libvirt-qemu", dataDir };
  const first = answering(null);
  const { brokenKvm, rememberKvm } = await anew();
  expect(await brokenKvm(setup, first)).toBeNull();
  expect(await brokenKvm(setup, first)).toBeNull();
  expect(first.attempt).toHaveBeenCalledOnce();
  rememberKvm(setup);

  const later = answering("broken by now");
  const next = await anew();
  expect(await next.brokenKvm(setup, later)).toBeNull();
  expect(later.attempt).not.toHaveBeenCalled();
  next.rememberKvm(setup);
  expect(await next.brokenKvm({ ...setup, qemuUser: "root" }, later)).toBe("broken by now");
});

it("a KVM that does not work is tried once a start, and at the next one", async () => {
  const setup = { qemuUser: "libvirt-qemu", dataDir };
  const busy = answering("too slow");
  const { brokenKvm, rememberKvm } = await anew();
  expect(await brokenKvm(setup, busy)).toBe("too slow");
  expect(await brokenKvm(setup, busy)).toBe("too slow");
  expect(busy.attempt).toHaveBeenCalledOnce();
  rememberKvm(setup);
  expect(existsSync(join(dataDir, "kvm-works"))).toBe(false);
  expect(await (await anew()).brokenKvm(setup, answering(null))).toBeNull();
});
