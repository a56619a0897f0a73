/** Debian and Ubuntu packages, by what needs them. */
export const runPackages = [
  "qemu-system-x86",
  "qemu-utils",
  "libvirt-daemon-system",
  "libvirt-daemon-config-nwfilter",
  "libvirt-clients",
  "dnsmasq-base",
  "iptables",
  "iproute2",
  "ovmf",
  "acl",
  "util-linux",
  "tini",
];

/**
 * Besides `runPackages`: a browser with fonts, what the test guest is built with, and what the
 * keyboards' layouts are checked against.
 */
export const testPackages = [
  "chromium-headless-shell",
  "fonts-dejavu-core",
  "fonts-noto-cjk",
  "binutils",
  "cpio",
  "grub-common",
  "grub-efi-amd64-bin",
  "isolinux",
  "kmod",
  "libxkbcommon-tools",
  "mtools",
  "nftables",
  "openssh-client",
  "syslinux",
  "syslinux-common",
  "x11proto-dev",
  "xorriso",
  "zstd",
];

/** Ubuntu's Chromium is a snap, which containers cannot run; Playwright has one of its own. */
const notOnUbuntu = ["chromium-headless-shell"];

/**
 * Those of the packages that the distribution has.
 * @param {string[]} wanted
 * @param {string[]} family of `osFamily`
 */
export function packagesFor(wanted, family) {
  return family.includes("ubuntu") ? wanted.filter((name) => !notOnUbuntu.includes(name)) : wanted;
}

/** Besides both: the peers that the benchmarks measure. */
export const benchPackages = ["python3-libvirt", "virtinst", "websockify"];

/**
 * Which of the wanted packages are not installed.
 * @param {string[]} wanted
 * @param {string} listing lines of "name status" as dpkg-query prints them
 */
export function missingPackages(wanted, listing) {
  const installed = new Set(
    listing
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

/**
 * ID and ID_LIKE of /etc/os-release.
 * @param {string} text
 * @returns {string[]}
 */
export function osFamily(text) {
  const value = (key) =>
    text.match(new RegExp(`^${key}="?([^"\\n]*)"?$`, "m"))?.[1]?.split(" ") ?? [];
  return [...value("ID"), ...value("ID_LIKE")];
}
