import { describe, expect, it } from "vitest";
import { find, textOf } from "./query";
import { parseXml } from "./tree";
import { buildDirPool, buildVolume, parsePool } from "./volume";

describe("volume and pool XML", () => {
  it("asks for a sparse volume of an exact size", () => {
    const root = parseXml(buildVolume({ name: "a<b", format: "raw", capacityBytes: 2 ** 44 }));
    expect(textOf(find(root, "name"))).toBe("a<b");
    expect(textOf(find(root, "capacity"))).toBe("17592186044416");
    expect(textOf(find(root, "allocation"))).toBe("0");
  });

  it("reads pools", () => {
    expect(parsePool(buildDirPool({ name: "p", path: "/x", mode: "0711" }))).toEqual({
      name: "p",
      type: "dir",
      path: "/x",
      capacityBytes: 0,
      availableBytes: 0,
    });
    const running =
      "<pool type='dir'><name>p</name><capacity unit='bytes'>10</capacity><available unit='KiB'>3</available><target><path>/x</path></target></pool>";
    expect(parsePool(running)).toMatchObject({ capacityBytes: 10, availableBytes: 3072 });
  });
});
