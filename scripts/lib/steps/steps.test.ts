import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSetup } from "../setup.mjs";
import { aclOf, consoleDir } from "./console-dir.mjs";
import { dataDir, parseSettings, readSecrets } from "./data-dir.mjs";
import { versionAtLeast } from "./node-version.mjs";
import { lockMatches } from "./npm-packages.mjs";

let folder: string;
const setupIn = (dir: string) => ({
  ...readSetup(),
  mode: "session" as const,
  isRoot: false,
  uid: process.getuid?.() ?? 0,
  qemuUser: null,
  dataDir: join(dir, "data"),
  consoleDir: join(dir, "consoles"),
});
const modeOf = (path: string) => statSync(path).mode & 0o777;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-steps-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("versionAtLeast", () => {
  it.each([
    ["20.19.0", "20.19", true],
    ["20.9.0", "20.19", false],
    ["22.1.0", "20.19", true],
    ["18.99.9", "20.19", false],
    ["20.19", "20.19.1", false],
  ])("%s against %s: %s", (version, wanted, answer) => {
    expect(versionAtLeast(version, wanted)).toBe(answer);
  });
});

describe("lockMatches", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/a": { version: "1.0.0", integrity: "x" },
      "node_modules/other-platform": { version: "1.0.0", integrity: "y", optional: true },
    },
  };
  const installed = (version: string, integrity = "x") => ({
    packages: { "node_modules/a": { version, integrity } },
  });

  it("lets packages for other platforms be absent", () => {
    expect(lockMatches(lock, installed("1.0.0"))).toBe(true);
  });

  it("sees another version, other content and an absent package", () => {
    expect(lockMatches(lock, installed("1.0.1"))).toBe(false);
    expect(lockMatches(lock, installed("1.0.0", "z"))).toBe(false);
    expect(lockMatches(lock, { packages: {} })).toBe(false);
  });
});

describe("the data folder", () => {
  it("is made closed, with a secret that stays the same", () => {
    const setup = setupIn(folder);
    expect(dataDir.plan(setup)).toContain("make");
    dataDir.apply(setup);
    expect(dataDir.plan(setup)).toBeNull();
    expect(modeOf(setup.dataDir)).toBe(0o700);
    expect(modeOf(join(setup.dataDir, "secrets.env"))).toBe(0o600);
    const secret = readSecrets(setup).NEXTAUTH_SECRET;
    expect(secret).toMatch(/^[\w-]{64}$/);
    dataDir.apply(setup);
    expect(readSecrets(setup).NEXTAUTH_SECRET).toBe(secret);
  });

  it("is closed again when somebody opened it", () => {
    const setup = setupIn(folder);
    dataDir.apply(setup);
    writeFileSync(join(setup.dataDir, "secrets.env"), "NEXTAUTH_SECRET=x\n", { mode: 0o600 });
    const opened = join(setup.dataDir, "secrets.env");
    rmSync(opened);
    writeFileSync(opened, "NEXTAUTH_SECRET=x\n", { mode: 0o644 });
    expect(dataDir.plan(setup)).toContain("mode 600");
    dataDir.apply(setup);
    expect(modeOf(opened)).toBe(0o600);
  });
});

it("a data folder that depends on where one stands is refused", () => {
  expect(() => dataDir.plan({ ...setupIn(folder), dataDir: "data" })).toThrow("absolute");
});

describe("parseSettings", () => {
  it("keeps what follows the first equals sign", () => {
    expect(parseSettings("# no\nA_KEY=b=c==\n\nnot a line\nB=\n")).toEqual({
      A_KEY: "b=c==",
      B: "",
    });
  });
});

describe("the folder of the console sockets", () => {
  it("is made for its user alone", async () => {
    const setup = setupIn(folder);
    expect(await consoleDir.plan(setup)).toContain("make");
    await consoleDir.apply(setup);
    expect(await consoleDir.plan(setup)).toBeNull();
    expect(modeOf(setup.consoleDir)).toBe(0o700);
  });

  it("is refused where a path leaves no room for a socket, and where something else is", async () => {
    const deep = { ...setupIn(folder), consoleDir: `${folder}/${"x".repeat(80)}` };
    await expect(consoleDir.apply(deep)).rejects.toThrow("too long");
    const setup = setupIn(folder);
    writeFileSync(setup.consoleDir, "");
    await expect(consoleDir.apply(setup)).rejects.toThrow();
  });

  it("lets in QEMU's user and the portal's, now and in every socket, and nobody else", () => {
    expect(aclOf({ uid: 1000, qemuUser: "libvirt-qemu" }).split(",")).toEqual([
      "u:libvirt-qemu:rwx",
      "u:1000:rwx",
      "g::---",
      "o::---",
      "d:u:libvirt-qemu:rwx",
      "d:u:1000:rwx",
      "d:g::---",
      "d:o::---",
    ]);
  });
});
