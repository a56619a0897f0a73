import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PrivateHost, startPrivateHost } from "@/e2e/host/private-host";
import type { DoctorReport } from "@/lib/model/doctor";
import { runDoctor } from "./run-doctor";

let host: PrivateHost;
let dataDir: string;

beforeAll(async () => {
  host = await startPrivateHost({ name: "doctor" });
  dataDir = mkdtempSync(join(tmpdir(), "portico-doctor-"));
  writeFileSync(join(dataDir, "secrets.env"), "", { mode: 0o600 });
});
afterAll(async () => {
  await host.stop();
  rmSync(dataDir, { recursive: true });
});

const look = (uri = host.uri) =>
  runDoctor({ uri, dataDir, consoleDir: null, virtTypeSetting: "auto" });

function verdict(report: DoctorReport, id: string): string | undefined {
  return report.checks
    .find((check) => check.id === id)
    ?.detailKey.split(".")
    .at(-1);
}

describe("the doctor", () => {
  it("sees what a fresh host lacks, and each thing as it is mended", async () => {
    const fresh = await look();
    expect(verdict(fresh, "libvirt")).toBe("answers");
    expect(verdict(fresh, "qemu")).toBe("found");
    expect(verdict(fresh, "data")).toBe("closed");
    expect(verdict(fresh, "pools")).toBe("missing");
    expect(verdict(fresh, "network")).toBe("inactive");
    expect(fresh.status).toBe("fail");

    await host.virsh(["net-start", "default"]);
    await host.virsh(["net-autostart", "default"]);
    for (const pool of ["portico-images", "portico-disks", "portico-backups"]) {
      const target = `/var/lib/libvirt/images/${pool}`;
      await host.virsh(["pool-define-as", pool, "dir", "--target", target]);
      await host.virsh(["pool-build", pool]);
    }
    expect(verdict(await look(), "pools")).toBe("inactive");
    await host.virsh(["pool-start", "portico-images"]);
    await host.virsh(["pool-start", "portico-disks"]);
    await host.virsh(["pool-start", "portico-backups"]);
    const mended = await look();
    expect(verdict(mended, "network")).toBe("active");
    expect(verdict(mended, "dhcp")).toBe("runs");
    expect(verdict(mended, "pools")).toBe("active");
  });

  it("says that libvirt does not answer, and looks at the rest all the same", async () => {
    const report = await look("qemu+unix:///system?socket=/nowhere/libvirt-sock");
    expect(verdict(report, "libvirt")).toBe("silent");
    expect(verdict(report, "qemu")).toBe("found");
    expect(report.status).toBe("fail");
  });

  it("looks at no processor and no folder of a machine that is not this one", async () => {
    const report = await look("qemu+tcp://127.0.0.1:1/system");
    expect(report.checks.map((check) => check.id)).toEqual(["libvirt", "space", "data"]);
  });
});
