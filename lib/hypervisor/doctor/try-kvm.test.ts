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

/** A program in QEMU's place that answers the monitor as QEMU would. */
function qemuThat(body: string): string {
  const path = join(folder, "qemu");
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const answering = (status: string) => `
echo '{"QMP": {"version": {}, "capabilities": []}}'
while read -r line; do
  case $line in
    *query-status*) echo '{"return": {"status": "${status}", "running": true}}' ;;
    *quit*) exit 0 ;;
    *) echo '{"return": {}}' ;;
  esac
done`;

describe("tryKvm", () => {
  const device = "/dev/null";

  it("believes only in a guest that ran", async () => {
    const qemu = qemuThat(answering("running"));
    expect(await tryKvm({ asUser: null, device, qemu })).toEqual({ result: "works", detail: "" });
  });

  it("sees a guest whose CPU gave up", async () => {
    const qemu = qemuThat(answering("internal-error"));
    const tried = await tryKvm({ asUser: null, device, qemu });
    expect(tried).toMatchObject({
      result: "probe_failed",
      detail: expect.stringContaining("internal-error"),
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
    expect((await tryKvm({ asUser: null, device, qemu, timeoutMs: 200 })).result).toBe(
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
