import fc from "fast-check";
import { expect, it } from "vitest";
import { readGuestParams } from "./read-params";

it("reads what an agent tells", () => {
  expect(
    readGuestParams({
      hostname: "web",
      "os.pretty-name": "Debian GNU/Linux 12 (bookworm)",
      "os.name": "Debian GNU/Linux",
      "os.kernel-release": "6.1.0",
      "os.machine": "x86_64",
      "timezone.name": "CET",
      "timezone.offset": 3600,
      "user.count": 1,
      "user.0.name": "root",
      "user.0.login-time": 1_700_000_000_000n,
      "fs.count": 1,
      "fs.0.mountpoint": "/",
      "fs.0.fstype": "ext4",
      "fs.0.total-bytes": 1000n,
      "fs.0.used-bytes": 10n,
      "fs.0.disk.count": 1,
      "fs.0.disk.0.alias": "vda",
      "if.count": 1,
      "if.0.name": "eth0",
      "if.0.hwaddr": "52:54:00:00:00:01",
      "if.0.addr.count": 2,
      "if.0.addr.0.addr": "192.0.2.7",
      "if.0.addr.0.prefix": 24,
      "if.0.addr.1.addr": "fe80::1",
    }),
  ).toEqual({
    hostname: "web",
    os: "Debian GNU/Linux 12 (bookworm)",
    kernel: "6.1.0",
    architecture: "x86_64",
    timezone: "CET (UTC+01:00)",
    users: [{ name: "root", since: "2023-11-14T22:13:20.000Z" }],
    filesystems: [
      { mountpoint: "/", type: "ext4", totalBytes: 1000, usedBytes: 10, disks: ["vda"] },
    ],
    interfaces: [
      {
        name: "eth0",
        mac: "52:54:00:00:00:01",
        addresses: ["192.0.2.7/24", "fe80::1"],
      },
    ],
  });
});

it("takes an agent that tells nothing", () => {
  expect(readGuestParams({})).toEqual({
    hostname: null,
    os: null,
    kernel: null,
    architecture: null,
    timezone: null,
    users: [],
    filesystems: [],
    interfaces: [],
  });
  expect(readGuestParams({ "timezone.offset": -12_600 }).timezone).toBe("UTC-03:30");
});

it("makes what a hostile guest says plain and short", () => {
  const view = readGuestParams({
    hostname: "a\u001b[31m\u202eb",
    "os.name": "x".repeat(10_000),
    "fs.count": 4_000_000,
    "user.count": -5,
    "if.count": 1,
    "if.0.addr.count": "many",
  });
  expect(view.hostname).toBe("a[31mb");
  expect(view.os).toHaveLength(200);
  expect(view.filesystems).toHaveLength(64);
  expect(view.users).toEqual([]);
  expect(view.interfaces).toEqual([{ name: "?", mac: null, addresses: [] }]);
});

it("survives any parameters", () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom("fs.count", "fs.0.disk.count", "if.count", "if.0.addr.count", "user.count"),
    fc.constantFrom("timezone.offset", "user.0.login-time", "fs.0.total-bytes", "hostname"),
  );
  const value = fc.oneof(fc.string(), fc.integer(), fc.bigInt(), fc.double(), fc.boolean());
  fc.assert(
    fc.property(fc.dictionary(name, value), (params) => {
      expect(JSON.stringify(readGuestParams(params)).length).toBeLessThan(1_000_000);
    }),
  );
});
