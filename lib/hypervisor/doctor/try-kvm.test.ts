import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tryKvm } from "./try-kvm";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-kvm-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in QEMU's place that says what the firmware would say. */
function qemuThat(body: string): string {
  const path = join(folder, "qemu");
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const firmware = 'echo "SeaBIOS (version 1.16)"; echo "Found 1 cpu(s)"';

describe("tryKvm", () => {
  const device = "/dev/null";

  it("believes only in a guest whose firmware came to its end", async () => {
    const qemu = qemuThat(`${firmware}; echo "No bootable device."; exec sleep 60`);
    expect(await tryKvm({ asUser: null, device, qemu })).toEqual({ result: "works", detail: "" });
  });

  it("sees a guest whose CPU gave up", async () => {
    const qemu = qemuThat(`echo "KVM internal error. Suberror: 1" >&2; ${firmware}; exec sleep 60`);
    const tried = await tryKvm({ asUser: null, device, qemu, firmwareMs: 200 });
    expect(tried).toEqual({ result: "probe_failed", detail: "KVM internal error. Suberror: 1" });
  });

  it("does not take a KVM that is slower than emulation", async () => {
    const qemu = qemuThat(`${firmware}; exec sleep 60`);
    const tried = await tryKvm({ asUser: null, device, qemu, firmwareMs: 200 });
    expect(tried).toMatchObject({
      result: "probe_failed",
      detail: expect.stringContaining("slower than emulation"),
    });
  });

  it("tells missing rights from a device that does not work", async () => {
    const denied = qemuThat(
      'echo "Could not access KVM kernel module: Permission denied" >&2; exit 1',
    );
    expect((await tryKvm({ asUser: null, device, qemu: denied })).result).toBe("no_permission");
    const broken = qemuThat('echo "failed to set MSR 0x10a" >&2; exit 134');
    expect((await tryKvm({ asUser: null, device, qemu: broken })).result).toBe("probe_failed");
  });

  it("does not wait for ever, nor for a program that is not there", async () => {
    const qemu = qemuThat("exec sleep 60");
    expect((await tryKvm({ asUser: null, device, qemu, startMs: 200 })).result).toBe(
      "probe_failed",
    );
    const absent = join(folder, "absent");
    expect((await tryKvm({ asUser: null, device, qemu: absent })).result).toBe("probe_failed");
  });

  it("says when there is no device at all", async () => {
    const tried = await tryKvm({ asUser: null, device: join(folder, "kvm") });
    expect(tried.result).toBe("no_device");
  });
});
