import type { DomainSpec } from "../../types";

/** A spec for tests, with the given parts replaced. */
export function specOf(parts: Partial<DomainSpec>): DomainSpec {
  return {
    uuid: "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a34",
    domainName: "p-k3v7q2m9x4",
    vmId: "k3v7q2m9x4",
    projectId: "w8r5t2n6c1",
    title: "Web 1",
    virtType: "qemu",
    firmware: "bios",
    vcpus: 1,
    maxVcpus: 4,
    memoryKib: 262_144,
    maxMemoryKib: 524_288,
    modulesLimitKib: null,
    disk: {
      pool: "portico-disks",
      volume: "k3v7q2m9x4-0.qcow2",
      format: "qcow2",
      serial: "k3v7q2m9x4-0",
    },
    cdrom: { pool: "portico-images", volume: "h6j4d8s2f5.iso" },
    network: "default",
    consoleSocketPath: null,
    ...parts,
  };
}

/** The definitions that are kept as golden files and that libvirt itself validates. */
export const goldenSpecs: Record<string, DomainSpec> = {
  "qemu-bios": specOf({}),
  "qemu-modules": specOf({
    uuid: "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a39",
    domainName: "p-modules",
    maxMemoryKib: 262_144,
    modulesLimitKib: 8_388_608,
  }),
  "qemu-uefi-raw": specOf({
    uuid: "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a35",
    domainName: "p-uefi",
    firmware: "uefi",
    cdrom: null,
    disk: { pool: "portico-disks", volume: "uefi-0.raw", format: "raw", serial: "uefi-0" },
    consoleSocketPath: "/run/portico/console/p-uefi.sock",
  }),
  "qemu-user-hostile-title": specOf({
    uuid: "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a36",
    domainName: "p-hostile",
    title: `</title><devices/>&lt;]]>"'\u202e 你好 \u{1f600}`,
    network: "user",
    vcpus: 4,
  }),
  "kvm-uefi": specOf({
    uuid: "0b3f2f52-7a53-4b5c-9f6e-3d9d0c1b2a37",
    domainName: "p-kvm",
    virtType: "kvm",
    firmware: "uefi",
    maxVcpus: 16,
    memoryKib: 4_194_304,
    maxMemoryKib: 8_388_608,
  }),
};
