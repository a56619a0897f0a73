import { describe, expect, it } from "vitest";
import { chooseConsoleDir, chooseMode, groupOf, qemuUserOf } from "./setup.mjs";

describe("chooseMode", () => {
  const nobody = { isRoot: false, inLibvirtGroup: false, uri: undefined };

  it.each([
    [{ ...nobody, isRoot: true }, "system"],
    [{ ...nobody, inLibvirtGroup: true }, "system"],
    [nobody, "session"],
    [{ ...nobody, uri: "" }, "session"],
    [{ ...nobody, uri: "qemu:///system" }, "system"],
    [{ ...nobody, isRoot: true, uri: "qemu:///session" }, "session"],
    [{ ...nobody, isRoot: true, uri: "qemu+ssh://root@host/system" }, "elsewhere"],
    [{ ...nobody, isRoot: true, uri: "qemu+unix:///system?socket=/x" }, "elsewhere"],
  ] as const)("%o gives %s", (who, mode) => {
    expect(chooseMode(who)).toBe(mode);
  });
});

describe("chooseConsoleDir", () => {
  it("is apart from the data folder where QEMU is another user, for that folder is closed", () => {
    const root = { mode: "system", isRoot: true, uid: 0, dataDir: "/var/lib/portico" } as const;
    expect(chooseConsoleDir(root)).toBe("/var/lib/portico-consoles");
    const member = { ...root, isRoot: false, uid: 1000, dataDir: "/home/ann/x" };
    expect(chooseConsoleDir(member)).toBe("/var/tmp/portico-consoles-1000");
  });

  it("is in the data folder of a session unless that leaves no room for a socket's path", () => {
    const session = { mode: "session", isRoot: false, uid: 1000 } as const;
    expect(chooseConsoleDir({ ...session, dataDir: "/home/ann/p" })).toBe("/home/ann/p/consoles");
    const deep = `/home/${"x".repeat(80)}`;
    expect(chooseConsoleDir({ ...session, dataDir: deep })).toBe("/var/tmp/portico-consoles-1000");
  });

  it("is libvirt's choice on a host that is not ours to set up", () => {
    expect(chooseConsoleDir({ mode: "elsewhere", isRoot: true, uid: 0, dataDir: "/d" })).toBe("");
  });
});

describe("groupOf", () => {
  const file = "kvm:x:107:libvirt-qemu\nlibvirt:x:106:ann,bob\nlibvirt-qemu:x:64055:\n";

  it("finds number and members, and does not take a longer name for it", () => {
    expect(groupOf(file, "libvirt")).toEqual({ gid: 106, members: ["ann", "bob"] });
    expect(groupOf(file, "libvirt-qemu")).toEqual({ gid: 64055, members: [] });
    expect(groupOf(file, "libvir")).toBeNull();
  });
});

describe("qemuUserOf", () => {
  const passwd = "root:x:0:0::/root:/bin/sh\nlibvirt-qemu:x:64055:64055::/:/bin/false\n";

  it("takes libvirt's setting first, then the distribution's account, then root", () => {
    expect(qemuUserOf(passwd, 'user = "qemu"')).toBe("qemu");
    expect(qemuUserOf(passwd, 'user = "+64055"')).toBe("64055");
    expect(qemuUserOf(passwd, '#user = "qemu"')).toBe("libvirt-qemu");
    expect(qemuUserOf("root:x:0:0::/root:/bin/sh\n", "")).toBe("root");
  });
});
