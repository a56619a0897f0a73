import { describe, expect, it } from "vitest";
import { configWith, libvirtdArgv, ownLibvirtdSettings } from "./libvirtd-config.mjs";

describe("configWith", () => {
  it("keeps what an administrator set and replaces what we must set", () => {
    const existing = '# comment\nmax_clients = 50\n auth_unix_rw = "polkit"\n#auth_tls = "none"\n';
    expect(configWith(existing, { auth_unix_rw: '"none"' })).toBe(
      'max_clients = 50\nauth_unix_rw = "none"\n',
    );
  });
});

describe("ownLibvirtdSettings", () => {
  it("opens the socket to group libvirt, and to root alone where there is no such group", () => {
    const withGroup = ownLibvirtdSettings({ hasLibvirtGroup: true });
    expect(withGroup).toMatchObject({ unix_sock_group: '"libvirt"', unix_sock_rw_perms: '"0770"' });
    const without = ownLibvirtdSettings({ hasLibvirtGroup: false });
    expect(without).not.toHaveProperty("unix_sock_group");
    expect(without).toMatchObject({ unix_sock_rw_perms: '"0700"', unix_sock_ro_perms: '"0700"' });
  });
});

describe("libvirtdArgv", () => {
  const how = { tini: "/usr/bin/tini", libvirtd: "/usr/sbin/libvirtd", config: "/c" };
  const daemon = ["/usr/sbin/libvirtd", "--config", "/c"];

  it("runs libvirtd under a reaper where there is one", () => {
    expect(libvirtdArgv({ ...how, hideKvm: null })).toEqual([
      "/usr/bin/tini",
      "-s",
      "--",
      ...daemon,
    ]);
    expect(libvirtdArgv({ ...how, tini: null, hideKvm: null })).toEqual(daemon);
  });

  it("covers /dev/kvm in mounts of its own", () => {
    const argv = libvirtdArgv({ ...how, hideKvm: "/run/portico/no-kvm" });
    expect(argv).toContain("--mount");
    expect(argv.slice(-4)).toEqual(["/run/portico/no-kvm", ...daemon]);
  });
});
