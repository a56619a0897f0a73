import type { OsFamily } from "../image";

export interface IsoContents {
  label: string | null;
  /** Lower-case paths of the root and of one level below it. */
  paths: ReadonlySet<string>;
}

const labels: [OsFamily, RegExp][] = [
  ["ubuntu", /ubuntu|xubuntu|lubuntu|linux ?mint|pop[_ -]os/i],
  ["debian", /^debian|^d-live|^kali/i],
  ["fedora", /fedora|^f\d\d-|centos|rhel|rocky|alma|oracle.?linux|^ol-\d/i],
  ["suse", /suse|sles|sled|^leap|tumbleweed/i],
  ["arch", /^arch_|^archiso|manjaro|endeavouros/i],
  ["alpine", /^alpine/i],
  ["bsd", /bsd|dragonfly/i],
  ["windows", /^(cccoma|ccsa|cena|cpba|cpra|esd-iso|esd-usb|j_|sss_|irm_|grmc|hrm_|win)/i],
];

/** Files and directories that only installers of one family have; first match wins. */
const marks: [OsFamily, (paths: ReadonlySet<string>) => boolean][] = [
  ["windows", (paths) => paths.has("sources") && has(paths, "bootmgr", "setup.exe", "autorun.inf")],
  ["windows", (paths) => has(paths, "sources/install.wim", "sources/install.esd")],
  ["ubuntu", (paths) => has(paths, "casper")],
  ["alpine", (paths) => has(paths, "apks", ".alpine-release")],
  ["arch", (paths) => has(paths, "arch")],
  ["fedora", (paths) => has(paths, "images/pxeboot", ".treeinfo", "liveos")],
  ["suse", (paths) => has(paths, "suse", "boot/x86_64") && !has(paths, "isolinux")],
  [
    "debian",
    (paths) => paths.has(".disk") && has(paths, "install.amd", "install", "dists", "live"),
  ],
  ["bsd", (paths) => has(paths, "boot/loader.conf", "boot/defaults", "netbsd", "bsd.rd")],
  ["linux", (paths) => has(paths, "isolinux", "syslinux", "live", "vmlinuz", "boot/grub")],
  ["linux", (paths) => has(paths, "boot/vmlinuz", "boot/grub2", "boot/syslinux", "boot/isolinux")],
];

/** The family of systems that the image most likely installs; it only proposes sizes. */
export function osFamilyOf(contents: IsoContents): OsFamily {
  const label = contents.label ?? "";
  const byLabel = labels.find(([, pattern]) => pattern.test(label));
  const byFiles = marks.find(([, matches]) => matches(contents.paths));
  return byLabel?.[0] ?? byFiles?.[0] ?? "other";
}

function has(paths: ReadonlySet<string>, ...names: string[]): boolean {
  return names.some((name) => paths.has(name));
}
