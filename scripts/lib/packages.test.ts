import { describe, expect, it } from "vitest";
import { missingPackages, osFamily, packagesFor } from "./packages.mjs";

describe("missingPackages", () => {
  it("counts only what is installed, not what was removed and left its settings", () => {
    const listing = "acl installed\ntini config-files\nqemu-utils not-installed\n";
    expect(missingPackages(["acl", "tini", "qemu-utils", "ovmf"], listing)).toEqual([
      "tini",
      "qemu-utils",
      "ovmf",
    ]);
  });
});

describe("osFamily", () => {
  it("knows Debian by its name and Ubuntu by what it is like", () => {
    expect(osFamily('ID=debian\nVERSION_ID="12"\n')).toContain("debian");
    expect(osFamily("ID=ubuntu\nID_LIKE=debian\n")).toEqual(["ubuntu", "debian"]);
    expect(osFamily('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).not.toContain("debian");
  });
});

describe("packagesFor", () => {
  it("leaves a snap in a package's clothes out", () => {
    expect(packagesFor(["chromium-headless-shell", "kmod"], ["ubuntu", "debian"])).toEqual([
      "kmod",
    ]);
    expect(packagesFor(["chromium-headless-shell", "kmod"], ["debian"])).toEqual([
      "chromium-headless-shell",
      "kmod",
    ]);
  });
});
