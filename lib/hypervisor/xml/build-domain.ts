import type { DomainSpec } from "../types";
import { cdromElement, newDiskElement } from "./disk";
import { macOf } from "./mac";
import { limitElement, onlyCell } from "./memory-modules";
import { ownerElement } from "./metadata";
import { nicElement } from "./nic";
import type { TrafficFilter } from "./traffic-filter";
import { element, printXml, type XmlElement } from "./tree";
import { videoElement } from "./video";

/** Empty root ports: q35 hot-plugs a device only into one that exists at boot. */
export const SPARE_ROOT_PORTS = 14;
/** How often QEMU asks the guest's balloon driver for memory figures. */
export const BALLOON_PERIOD_SECONDS = 5;

export interface BuildOptions {
  /** Whether the file system of the disk pool allows O_DIRECT (then QEMU bypasses the host's cache). */
  directIo: boolean;
  /** What holds the guest to its own addresses; null where the host or network has no filter. */
  filter: TrafficFilter | null;
}

/**
 * The XML of a new domain: q35, all-virtio unless its guest comes from elsewhere, with the headroom that makes live resizing possible
 * (`maxVcpus`, memory ceiling, balloon, spare ports, agent channel). VNC is a unix socket, never
 * an address. The disk boots first; a blank one falls through to the CD drive.
 */
export function buildDomain(spec: DomainSpec, options: BuildOptions): string {
  const root = element("domain", { type: spec.virtType }, [
    element("name", {}, [spec.domainName]),
    element("uuid", {}, [spec.uuid]),
    element("title", {}, [spec.title]),
    element("metadata", {}, [ownerElement(spec)]),
    spec.modulesLimitKib === null ? null : limitElement(spec.modulesLimitKib),
    element("memory", { unit: "KiB" }, [String(spec.maxMemoryKib)]),
    element("currentMemory", { unit: "KiB" }, [String(spec.memoryKib)]),
    element("vcpu", { placement: "static", current: spec.vcpus }, [String(spec.maxVcpus)]),
    bootElement(spec),
    element("features", {}, [element("acpi"), element("apic")]),
    cpuElement(spec),
    clockElement(spec),
    element("on_poweroff", {}, ["destroy"]),
    element("on_reboot", {}, ["restart"]),
    // Not restarted: a crash must be seen, and a guest that crashes at boot must not spin.
    element("on_crash", {}, ["destroy"]),
    // A guest that sleeps by itself could not be woken from the portal.
    element("pm", {}, [
      element("suspend-to-mem", { enabled: "no" }),
      element("suspend-to-disk", { enabled: "no" }),
    ]),
    devicesElement(spec, options),
  ]);
  return printXml(root);
}

function bootElement(spec: DomainSpec): XmlElement {
  const type = element("type", { arch: "x86_64", machine: "q35" }, ["hvm"]);
  if (spec.firmware === "bios") return element("os", {}, [type]);
  return element("os", { firmware: "efi" }, [
    type,
    element("firmware", {}, [
      element("feature", { enabled: "no", name: "enrolled-keys" }),
      element("feature", { enabled: "no", name: "secure-boot" }),
    ]),
  ]);
}

function cpuElement(spec: DomainSpec): XmlElement {
  // One socket: some guest systems are licensed or limited by the number of sockets.
  const topology = element("topology", {
    sockets: 1,
    dies: 1,
    cores: spec.maxVcpus,
    threads: 1,
  });
  const mode = spec.virtType === "kvm" ? "host-passthrough" : "maximum";
  const cell = onlyCell(spec.maxVcpus, spec.maxMemoryKib);
  const numa = spec.modulesLimitKib === null ? null : element("numa", {}, [cell]);
  return element("cpu", { mode, check: "none", migratable: "on" }, [topology, numa]);
}

function clockElement(spec: DomainSpec): XmlElement {
  const timers =
    spec.virtType === "kvm"
      ? [
          element("timer", { name: "rtc", tickpolicy: "catchup" }),
          element("timer", { name: "pit", tickpolicy: "delay" }),
          element("timer", { name: "hpet", present: "no" }),
        ]
      : [];
  return element("clock", { offset: "utc" }, timers);
}

function devicesElement(spec: DomainSpec, options: BuildOptions): XmlElement {
  const common = spec.drivers === "common";
  const rootPorts = Array.from({ length: SPARE_ROOT_PORTS }, () =>
    element("controller", { type: "pci", model: "pcie-root-port" }),
  );
  return element("devices", {}, [
    ...[spec.disk, ...(spec.moreDisks ?? [])].map((disk, index) =>
      newDiskElement(disk, { ...options, index, bus: common ? "sata" : "virtio" }),
    ),
    cdromElement(spec.cdrom),
    element("controller", { type: "scsi", index: 0, model: "virtio-scsi" }),
    element("controller", { type: "usb", index: 0, model: "qemu-xhci" }),
    element("controller", { type: "virtio-serial", index: 0 }),
    element("controller", { type: "pci", index: 0, model: "pcie-root" }),
    ...rootPorts,
    ...Array.from({ length: spec.nics ?? 1 }, (_, index) =>
      nicElement(
        {
          mac: macOf(spec.uuid, index),
          network: spec.network,
          model: common ? "e1000e" : "virtio",
        },
        options.filter,
      ),
    ),
    element("serial", { type: "pty" }, [element("target", { port: 0 })]),
    element("console", { type: "pty" }, [element("target", { type: "serial", port: 0 })]),
    element("channel", { type: "unix" }, [
      element("target", { type: "virtio", name: "org.qemu.guest_agent.0" }),
    ]),
    // An absolute pointer: the mouse of a browser never drifts from the guest's.
    element("input", { type: "tablet", bus: "usb" }),
    element("graphics", { type: "vnc", sharePolicy: "force-shared" }, [
      element("listen", { type: "socket", socket: spec.consoleSocketPath }),
    ]),
    videoElement(spec.video ?? (common ? "vga" : "virtio")),
    // Without autodeflate: with it Linux goes on to report the ceiling as its total memory, and
    // takes back under pressure what its owner has given away.
    element("memballoon", { model: "virtio" }, [
      element("stats", { period: BALLOON_PERIOD_SECONDS }),
    ]),
    element("rng", { model: "virtio" }, [
      element("backend", { model: "random" }, ["/dev/urandom"]),
    ]),
  ]);
}
