import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DoctorCheck } from "@/lib/model/doctor";
import type { NetworkView, PoolView } from "@/lib/model/host";
import { worst } from "./check";
import { checkCpu, cpuFlag } from "./check-cpu";
import { checkFilter } from "./check-filter";
import { checkKvm, checkKvmHidden, type KvmFacts } from "./check-kvm";
import { checkDhcp, checkNetwork } from "./check-network";
import { type ConsoleFacts, checkConsoles, checkData, type DataFacts } from "./check-rights";
import { checkPools, checkSpace } from "./check-storage";
import { checkLibvirt, checkQemu, qemuVersionOf } from "./check-versions";

const GIB = 1024 ** 3;
const uri = "qemu:///system";
const network: NetworkView = {
  name: "default",
  active: true,
  mode: "nat",
  bridge: "virbr0",
  address: "192.168.122.1/24",
  dhcp: true,
  autostart: true,
  leases: [],
};
const pool = (name: string, active = true): PoolView => ({
  name,
  role: "other",
  active,
  capacityBytes: 0,
  availableBytes: 0,
});
const pools = [pool("portico-images"), pool("portico-disks"), pool("portico-backups")];
const kvm = (result: KvmFacts["tried"]["result"], more: Partial<KvmFacts> = {}) =>
  checkKvm({
    tried: { result, detail: "said" },
    user: "libvirt-qemu",
    flag: "vmx",
    session: false,
    setting: "auto",
    ...more,
  });
const data = (more: Partial<DataFacts> = {}) =>
  checkData({
    path: "/d",
    folder: { mode: 0o700, uid: 0 },
    secretsPath: "/d/secrets.env",
    secrets: { mode: 0o600, uid: 0 },
    ownUid: 0,
    ...more,
  });
const qemu = { name: "libvirt-qemu", uid: 64055 };
const acl = "user::rwx\nuser:libvirt-qemu:rwx\ndefault:user:libvirt-qemu:rwx\n";
const consoles = (more: Partial<ConsoleFacts> = {}) =>
  checkConsoles({
    path: "/c",
    folder: { mode: 0o700, uid: 64055 },
    ownUid: 0,
    qemu,
    acl: "",
    ...more,
  });
const dhcp = (more: Partial<Parameters<typeof checkDhcp>[0]> = {}) =>
  checkDhcp({
    networks: [network],
    uri,
    session: false,
    dnsmasq: { installed: true, runs: true },
    ...more,
  });
const system = { mode: "system", systemd: true } as const;
const silent = (reason: string) => ({ answers: false, reason, uri }) as const;

/** What was looked at, the verdict, the last part of its text's key, and the command (or its part). */
const verdicts: [string, DoctorCheck, DoctorCheck["status"], string, string | null][] = [
  ["Intel", checkCpu("flags\t\t: fpu vmx sse\n", false), "ok", "found", null],
  ["no flag", checkCpu("flags\t\t: fpu hypervisor\n", false), "warn", "none", null],
  ["KVM without a flag", checkCpu("flags\t\t: fpu hypervisor\n", true), "ok", "lent", null],
  ["KVM works", kvm("works"), "ok", "works", null],
  ["KVM not wanted", kvm("no_device", { setting: "qemu" }), "ok", "notWanted", null],
  ["KVM works unwanted", kvm("works", { setting: "qemu" }), "ok", "notWanted", null],
  ["no device", kvm("no_device"), "warn", "no_device", "modprobe kvm_intel"],
  ["no device on AMD", kvm("no_device", { flag: "svm" }), "warn", "no_device", "modprobe kvm_amd"],
  ["no device, no flag", kvm("no_device", { flag: null }), "warn", "no_device", null],
  ["not allowed", kvm("no_permission"), "warn", "no_permission", "usermod -aG kvm libvirt-qemu"],
  [
    "not allowed myself",
    kvm("no_permission", { session: true }),
    "warn",
    "no_permission",
    '"$USER"',
  ],
  ["device is broken", kvm("probe_failed"), "warn", "probe_failed", "PORTICO_VIRT_TYPE=qemu"],
  ["KVM demanded", kvm("no_device", { setting: "kvm" }), "fail", "demanded_no_device", "modprobe"],
  [
    "KVM demanded, not allowed",
    kvm("no_permission", { setting: "kvm" }),
    "fail",
    "demanded_no_permission",
    "usermod",
  ],
  [
    "KVM demanded, broken",
    kvm("probe_failed", { setting: "kvm" }),
    "fail",
    "demanded_probe_failed",
    "PORTICO_VIRT_TYPE=qemu",
  ],
  ["libvirt sees nothing", checkKvmHidden(false, true), "ok", "hidden", null],
  ["libvirt believes", checkKvmHidden(true, true), "warn", "believes", "npm start"],
  ["libvirt is slow", checkKvmHidden(null, false), "warn", "slow", "kill"],
  ["QEMU", checkQemu("7.2.22"), "ok", "found", null],
  ["old QEMU", checkQemu("4.2.1"), "warn", "old", null],
  ["no QEMU", checkQemu(null), "fail", "missing", "apt-get install"],
  [
    "libvirt",
    checkLibvirt({ answers: true, version: "9.0.0", uri }, system),
    "ok",
    "answers",
    null,
  ],
  [
    "old libvirt",
    checkLibvirt({ answers: true, version: "6.0.0", uri }, system),
    "warn",
    "old",
    null,
  ],
  ["silent", checkLibvirt(silent("ENOENT"), system), "fail", "silent", "systemctl enable"],
  [
    "no systemd",
    checkLibvirt(silent("ENOENT"), { ...system, systemd: false }),
    "fail",
    "silent",
    "npm start",
  ],
  [
    "not allowed in",
    checkLibvirt(silent("EACCES"), system),
    "fail",
    "silent",
    "usermod -aG libvirt",
  ],
  [
    "silent session",
    checkLibvirt(silent("x"), { ...system, mode: "session" }),
    "fail",
    "silent",
    "npm start",
  ],
  [
    "elsewhere",
    checkLibvirt(silent("x"), { ...system, mode: "elsewhere" }),
    "fail",
    "silent",
    "virsh",
  ],
  ["network", checkNetwork([network], uri, false), "ok", "active", null],
  ["user mode", checkNetwork([], uri, true), "ok", "user", null],
  ["no network", checkNetwork([], uri, false), "fail", "missing", "npm start"],
  [
    "inactive",
    checkNetwork([{ ...network, active: false }], uri, false),
    "fail",
    "inactive",
    "net-start default",
  ],
  [
    "not at boot",
    checkNetwork([{ ...network, autostart: false }], uri, false),
    "warn",
    "noAutostart",
    "net-autostart",
  ],
  ["filters", checkFilter(true, false), "ok", "found", null],
  ["filters of a session", checkFilter(false, true), "ok", "user", null],
  ["no filters", checkFilter(false, false), "warn", "missing", "libvirt-daemon-config-nwfilter"],
  ["DHCP", dhcp(), "ok", "runs", null],
  ["DHCP elsewhere", dhcp({ dnsmasq: null }), "ok", "runs", null],
  ["DHCP of a session", dhcp({ session: true }), "ok", "user", null],
  [
    "no dnsmasq",
    dhcp({ dnsmasq: { installed: false, runs: false } }),
    "fail",
    "missing",
    "dnsmasq-base",
  ],
  [
    "dnsmasq died",
    dhcp({ dnsmasq: { installed: true, runs: false } }),
    "fail",
    "dead",
    "net-start",
  ],
  ["no DHCP range", dhcp({ networks: [{ ...network, dhcp: false }] }), "warn", "off", "net-edit"],
  ["nothing to serve", dhcp({ networks: [] }), "warn", "noNetwork", null],
  ["pools", checkPools(pools, uri), "ok", "active", null],
  ["one pool", checkPools(pools.slice(0, 2), uri), "fail", "missing", "npm start"],
  [
    "pool off",
    checkPools([pool("portico-images"), pool("portico-disks", false)], uri),
    "fail",
    "inactive",
    "pool-start portico-disks",
  ],
  ["room", checkSpace([{ name: "p", availableBytes: 10 * GIB }]), "ok", "enough", null],
  ["little room", checkSpace([{ name: "p", availableBytes: 10 * GIB - 1 }]), "warn", "tight", "du"],
  [
    "no room",
    checkSpace([
      { name: "a", availableBytes: 99 * GIB },
      { name: "b", availableBytes: GIB - 1 },
    ]),
    "fail",
    "tight",
    "du",
  ],
  ["room unknown", checkSpace([]), "warn", "unknown", null],
  ["data", data(), "ok", "closed", null],
  ["no data yet", data({ folder: null, secrets: null }), "warn", "missing", "npm start"],
  ["somebody else's", data({ ownUid: 1000 }), "fail", "foreign", "chown"],
  ["open folder", data({ folder: { mode: 0o755, uid: 0 } }), "fail", "open", "chmod 700 '/d'"],
  ["open secrets", data({ secrets: { mode: 0o640, uid: 0 } }), "fail", "open", "chmod 600"],
  ["console folder of QEMU", consoles(), "ok", "ready", null],
  ["libvirt's choice", consoles({ path: null }), "ok", "libvirt", null],
  ["no console folder", consoles({ folder: null }), "fail", "missing", "sudo npm start"],
  [
    "open console folder",
    consoles({ folder: { mode: 0o755, uid: 64055 } }),
    "fail",
    "open",
    "chmod o=",
  ],
  [
    "member's folder",
    consoles({ ownUid: 1000, folder: { mode: 0o770, uid: 1000 }, acl }),
    "ok",
    "ready",
    null,
  ],
  [
    "QEMU is locked out",
    consoles({ ownUid: 1000, folder: { mode: 0o700, uid: 1000 } }),
    "fail",
    "locked",
    "npm start",
  ],
  ["portal is locked out", consoles({ ownUid: 1000 }), "fail", "locked", "npm start"],
  [
    "session's folder",
    consoles({ ownUid: 1000, folder: { mode: 0o700, uid: 1000 }, qemu: null }),
    "ok",
    "ready",
    null,
  ],
];

describe("verdicts", () => {
  it.each(verdicts)("%s", (_, check, status, detail, fix) => {
    expect([check.status, check.detailKey]).toEqual([status, `check.${check.id}.${detail}`]);
    if (fix === null) expect(check.fix).toBeNull();
    else expect(check.fix).toContain(fix);
  });

  it.each(["en", "zh-CN"])("have a text in %s that uses only the values given", (locale) => {
    const file = new URL(`../../../messages/${locale}/doctor.json`, import.meta.url);
    const catalogue = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const text = (key: string) =>
      key
        .split(".")
        .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], catalogue);
    for (const [, check] of verdicts) {
      expect(text(check.titleKey), check.titleKey).toEqual(expect.any(String));
      const names = [...String(text(check.detailKey)).matchAll(/\{(\w+)\}/g)].map(
        (match) => match[1],
      );
      expect(text(check.detailKey), check.detailKey).toEqual(expect.any(String));
      expect(Object.keys(check.values)).toEqual(expect.arrayContaining(names));
    }
  });

  it("name the tightest place, the version and the network", () => {
    const rooms = [
      { name: "wide", availableBytes: 99 * GIB },
      { name: "narrow", availableBytes: 12.5 * GIB },
    ];
    expect(checkSpace(rooms).values).toEqual({ name: "narrow", gib: "12.5" });
    expect(qemuVersionOf("QEMU emulator version 8.2.2 (Debian 1:8.2.2)")).toBe("8.2.2");
    expect(qemuVersionOf("nonsense")).toBeNull();
  });
});

describe("the whole", () => {
  it("is as bad as its worst line", () => {
    expect(worst([])).toBe("ok");
    expect(worst([data(), checkSpace([])])).toBe("warn");
    expect(worst([checkSpace([]), checkQemu(null), data()])).toBe("fail");
  });

  it("does not take vmx_extra or svmlike for the flag", () => {
    expect(cpuFlag("flags : vmx_extra svmlike\n")).toBeNull();
    expect(cpuFlag("flags : fpu svm\n")).toBe("svm");
  });
});
