/** Values that an attribute or text may have. */
export type Values = RegExp | readonly string[];

/** What may stand in an element: nothing that is not named here. */
export interface Allowed {
  attributes?: Readonly<Record<string, Values>>;
  text?: Values;
  children?: Readonly<Record<string, Allowed>>;
  /** Whatever stands in it means nothing to libvirt or QEMU. */
  inert?: true;
}

const count = /^\d{1,15}$/;
const word = /^[\w.:+-]{1,64}$/;
const onOff = ["on", "off"] as const;
const yesNo = ["yes", "no"] as const;
const text = /^[\s\S]{0,8192}$/;
const flag: Allowed = {};
const size: Allowed = { attributes: { unit: word }, text: count };
const state: Allowed = { attributes: { state: onOff } };
const boot: Allowed = { attributes: { order: count } };
const alias: Allowed = { attributes: { name: word } };
const event: Allowed = { text: ["destroy", "restart"] };

const address: Allowed = {
  attributes: {
    type: ["pci", "drive", "usb", "virtio-serial", "isa"],
    domain: word,
    bus: word,
    slot: word,
    function: word,
    multifunction: onOff,
    controller: count,
    target: count,
    unit: count,
    port: word,
    iobase: word,
    irq: word,
  },
};

/** A device with what every device may have. */
function device(attributes: Allowed["attributes"], children: Allowed["children"] = {}): Allowed {
  return { attributes, children: { address, alias, ...children } };
}

const disk = device(
  { type: ["volume", "file"], device: ["disk", "cdrom"] },
  {
    driver: {
      attributes: {
        name: ["qemu"],
        type: ["qcow2", "raw"],
        cache: ["none", "writeback", "writethrough", "directsync", "unsafe"],
        io: ["native", "threads", "io_uring"],
        discard: ["unmap", "ignore"],
        detect_zeroes: ["on", "off", "unmap"],
      },
    },
    source: { attributes: { pool: word, volume: /^[\w.+ -]{1,255}$/, index: count } },
    target: {
      attributes: {
        dev: /^(vd|sd|hd)[a-z]{1,2}$/,
        bus: ["virtio", "scsi", "sata", "ide", "usb"],
        tray: ["open", "closed"],
        removable: onOff,
        rotation_rate: count,
      },
    },
    serial: { text: /^[\w.+ -]{1,64}$/ },
    backingStore: flag,
    readonly: flag,
    boot,
  },
);

const nic = device(
  { type: ["network", "user"] },
  {
    mac: { attributes: { address: /^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/ } },
    source: { attributes: { network: word } },
    model: { attributes: { type: word } },
    link: { attributes: { state: ["up", "down"] } },
    boot,
  },
);

const controller = device(
  {
    type: ["pci", "scsi", "usb", "virtio-serial", "sata", "ide"],
    index: count,
    model: word,
    ports: count,
    vectors: count,
  },
  {
    model: { attributes: { name: word } },
    master: { attributes: { startport: count } },
    target: {
      attributes: {
        chassis: count,
        chassisNr: count,
        port: word,
        busNr: count,
        hotplug: onOff,
        index: count,
      },
    },
  },
);

const characterTarget: Allowed = {
  attributes: { type: ["isa-serial", "serial", "virtio"], port: count },
  children: { model: { attributes: { name: word } } },
};
const character = device({ type: ["pty"] }, { target: characterTarget });

const devices: Allowed = {
  children: {
    disk,
    interface: nic,
    controller,
    serial: character,
    console: character,
    channel: device(
      { type: ["unix", "spicevmc", "qemu-vdagent"] },
      {
        source: {
          children: {
            clipboard: { attributes: { copypaste: ["yes", "no"] } },
            mouse: { attributes: { mode: ["server", "client"] } },
          },
        },
        target: {
          attributes: { type: ["virtio"], name: word, state: ["connected", "disconnected"] },
        },
      },
    ),
    input: device({ type: ["tablet", "mouse", "keyboard"], bus: ["usb", "ps2", "virtio"] }),
    graphics: device(
      {
        type: ["vnc"],
        port: ["-1"],
        autoport: ["yes"],
        sharePolicy: ["force-shared", "allow-exclusive", "ignore"],
      },
      { listen: { attributes: { type: ["socket"] } } },
    ),
    audio: { attributes: { id: count, type: ["none"] } },
    sound: device({ model: word }),
    video: device(
      {},
      {
        model: {
          attributes: {
            type: ["vga", "virtio", "qxl", "bochs", "cirrus", "none"],
            vram: count,
            vram64: count,
            ram: count,
            vgamem: count,
            heads: count,
            primary: yesNo,
          },
          children: { resolution: { attributes: { x: count, y: count } } },
        },
      },
    ),
    memballoon: device(
      { model: ["virtio", "none"], autodeflate: onOff, freePageReporting: onOff },
      { stats: { attributes: { period: count } } },
    ),
    rng: device(
      { model: ["virtio"] },
      {
        backend: { attributes: { model: ["random"] }, text: ["/dev/urandom", "/dev/random"] },
        rate: { attributes: { bytes: count, period: count } },
      },
    ),
    // "dump" would write the guest's memory to the host.
    watchdog: device({ model: word, action: ["reset", "shutdown", "poweroff", "pause", "none"] }),
    panic: device({ model: word }),
  },
};

const os: Allowed = {
  attributes: { firmware: ["efi"] },
  children: {
    type: {
      attributes: { arch: ["x86_64"], machine: /^(q35|pc|pc-(q35|i440fx)-[\w.]{1,20})$/ },
      text: ["hvm"],
    },
    firmware: { children: { feature: { attributes: { enabled: yesNo, name: word } } } },
    boot: { attributes: { dev: ["hd", "cdrom", "network"] } },
    bootmenu: { attributes: { enable: yesNo, timeout: count } },
  },
};

const hyperv: Allowed = {
  attributes: { state: onOff, retries: count, value: word, mode: word },
  children: { direct: state },
};

const features: Allowed = {
  children: {
    acpi: flag,
    apic: flag,
    pae: flag,
    vmport: state,
    smm: state,
    pmu: state,
    vmcoreinfo: state,
    ioapic: { attributes: { driver: ["kvm", "qemu"] } },
    kvm: { children: { hidden: state } },
    hyperv: {
      attributes: { mode: ["custom"] },
      children: {
        relaxed: hyperv,
        vapic: hyperv,
        spinlocks: hyperv,
        vpindex: hyperv,
        runtime: hyperv,
        synic: hyperv,
        stimer: hyperv,
        reset: hyperv,
        frequencies: hyperv,
        reenlightenment: hyperv,
        tlbflush: hyperv,
        ipi: hyperv,
      },
    },
  },
};

const cpu: Allowed = {
  attributes: {
    mode: ["custom", "host-model", "host-passthrough", "maximum"],
    match: ["exact", "minimum", "strict"],
    check: ["none", "partial", "full"],
    migratable: onOff,
  },
  children: {
    model: { attributes: { fallback: ["allow", "forbid"] }, text: word },
    vendor: { text: word },
    topology: {
      attributes: { sockets: count, dies: count, clusters: count, cores: count, threads: count },
    },
    feature: { attributes: { policy: word, name: word } },
    numa: {
      children: {
        cell: { attributes: { id: count, cpus: /^[\d,^-]{1,200}$/, memory: count, unit: word } },
      },
    },
  },
};

/**
 * All that a definition may say without an administrator's word: what Portico itself writes, what
 * libvirt fills in, and what can only concern the guest. Whatever reaches a file, a device, a
 * socket, a network or a right of the host is not here.
 */
export const allowedDomain: Allowed = {
  attributes: { type: ["kvm", "qemu"] },
  children: {
    name: { text },
    uuid: { text: word },
    title: { text },
    description: { text },
    metadata: { inert: true },
    maxMemory: { attributes: { slots: count, unit: word }, text: count },
    memory: size,
    currentMemory: size,
    vcpu: { attributes: { placement: ["static"], current: count }, text: count },
    vcpus: {
      children: {
        vcpu: { attributes: { id: count, enabled: yesNo, hotpluggable: yesNo, order: count } },
      },
    },
    os,
    features,
    cpu,
    clock: {
      attributes: { offset: ["utc", "localtime"] },
      children: {
        timer: { attributes: { name: word, tickpolicy: word, present: yesNo, track: word } },
      },
    },
    on_poweroff: event,
    on_reboot: event,
    on_crash: event,
    pm: {
      children: {
        "suspend-to-mem": { attributes: { enabled: yesNo } },
        "suspend-to-disk": { attributes: { enabled: yesNo } },
      },
    },
    devices,
  },
};
