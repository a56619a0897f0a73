import { describe, expect, it } from "vitest";
import { type RewriteOf, rewriteProblem } from "./convert-plan";
import type { Qcow2Header } from "./qcow2-header";

const header: Qcow2Header = {
  version: 3,
  clusterBytes: 65_536,
  virtualBytes: 1024 ** 3,
  refcountBits: 16,
  compression: "zlib",
  encryption: null,
  snapshots: 0,
  backing: null,
  externalData: false,
  dirty: false,
  corrupt: false,
  lazyRefcounts: false,
  extendedL2: false,
  unknownFeatures: false,
};
const sound: RewriteOf["file"] = {
  format: "qcow2",
  listedFormat: "qcow2",
  chain: [],
  encryption: null,
  header,
  headerProblem: null,
  looksLike: null,
};
const raw: RewriteOf["file"] = {
  ...sound,
  format: "raw",
  listedFormat: "raw",
  header: null,
  headerProblem: { key: "volume.no_header" },
};
const off = { state: "off", hasSnapshots: false } as const;

describe("rewriting a disk's file", () => {
  it("is possible for a sound file of a VM that is off", () => {
    expect(rewriteProblem({ ...off, file: sound })).toBeNull();
    expect(rewriteProblem({ ...off, file: raw })).toBeNull();
    expect(rewriteProblem({ ...off, state: "crashed", file: raw })).toBeNull();
    // A dirty one is read all the same.
    const dirty = { ...sound, header: { ...header, dirty: true } };
    expect(rewriteProblem({ ...off, file: dirty })).toBeNull();
  });

  it.each([
    [{ state: "running" as const }, "volume.not_off"],
    [{ state: "paused" as const }, "volume.not_off"],
    [{ hasSnapshots: true }, "volume.has_snapshots"],
  ])("is refused for %j", (differs, key) => {
    expect(rewriteProblem({ ...off, file: sound, ...differs })).toMatchObject({ key });
  });

  it.each([
    [{ ...sound, format: null }, "volume.unknown_format"],
    [{ ...sound, format: "vmdk" }, "volume.unknown_format"],
    [{ ...raw, listedFormat: "qcow2" }, "volume.other_format"],
    [{ ...raw, looksLike: "qcow2" }, "volume.other_format"],
    [{ ...raw, headerProblem: { key: "volume.unread_header" } }, "volume.unread_header"],
    [{ ...sound, chain: [{ name: "low", format: "raw" }] }, "volume.has_below"],
    [{ ...sound, header: null }, "volume.bad_header"],
    [{ ...sound, encryption: "luks" }, "volume.encrypted"],
    [{ ...sound, header: { ...header, encryption: "luks" as const } }, "volume.encrypted"],
    [
      { ...sound, header: { ...header, backing: { path: "/etc/passwd", format: null } } },
      "volume.has_below",
    ],
    [{ ...sound, header: { ...header, snapshots: 1 } }, "volume.has_snapshots"],
    [{ ...sound, header: { ...header, corrupt: true } }, "volume.unsound"],
    [{ ...sound, header: { ...header, externalData: true } }, "volume.unsound"],
    [{ ...sound, header: { ...header, extendedL2: true } }, "volume.unsound"],
    [{ ...sound, header: { ...header, unknownFeatures: true } }, "volume.unsound"],
  ])("is refused for the file %#: %s", (file, key) => {
    expect(rewriteProblem({ ...off, file })).toMatchObject({ key });
  });
});
