/**
 * Active lines of a libvirt configuration file without those that set one of the given names,
 * followed by ours. So what an administrator wrote into /etc/libvirt/libvirtd.conf still counts.
 * @param {string} existing
 * @param {Record<string, string>} settings values as they are written, with their quotes
 */
export function configWith(existing, settings) {
  const kept = existing
    .split("\n")
    .filter((line) => /^\s*[a-z_]+\s*=/.test(line))
    .filter((line) => !Object.hasOwn(settings, line.split("=")[0].trim()));
  const ours = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `${[...kept, ...ours].join("\n")}\n`;
}

/**
 * What differs from libvirt's defaults when no systemd starts it: without systemd there is rarely
 * a polkit to ask, so the socket's rights decide: root and members of group libvirt.
 * @param {{ hasLibvirtGroup: boolean }} machine
 */
export function ownLibvirtdSettings({ hasLibvirtGroup }) {
  return {
    auth_unix_ro: '"none"',
    auth_unix_rw: '"none"',
    ...(hasLibvirtGroup ? { unix_sock_group: '"libvirt"' } : {}),
    unix_sock_ro_perms: hasLibvirtGroup ? '"0770"' : '"0700"',
    unix_sock_rw_perms: hasLibvirtGroup ? '"0770"' : '"0700"',
  };
}

/**
 * Text of the drop-in that keeps a /dev/kvm that does not work away from libvirtd.
 * @param {string} circumstances under which it was tried
 */
export const hideKvmDropIn = (
  circumstances,
) => `# Made by Portico's npm start, because /dev/kvm exists here but does not work: libvirt would probe
# QEMU again at every call (defining a guest took 15 s instead of 0.1 s). To undo: remove this
# file, then systemctl daemon-reload && systemctl restart libvirtd
# Tried under ${circumstances}
[Service]
InaccessiblePaths=-/dev/kvm
`;

/**
 * The command that starts libvirtd without systemd. tini reaps what QEMU leaves behind (many
 * containers have a first process that does not, and libvirt takes an unreaped QEMU for a living
 * one). With `hideKvm` it gets its own mounts, in which a node that nobody can open covers
 * /dev/kvm; mounts made later on the machine still reach it.
 * @param {{ tini: string | null, libvirtd: string, config: string, hideKvm: string | null }} how
 *   hideKvm: path of the covering node, or null
 * @returns {string[]}
 */
export function libvirtdArgv({ tini, libvirtd, config, hideKvm }) {
  const daemon = [libvirtd, "--config", config];
  const script = 'mount --bind "$0" /dev/kvm && exec "$@"';
  const hidden = ["unshare", "--mount", "--propagation", "slave", "sh", "-c", script];
  return [
    ...(tini === null ? [] : [tini, "-s", "--"]),
    ...(hideKvm === null ? daemon : [...hidden, hideKvm, ...daemon]),
  ];
}
