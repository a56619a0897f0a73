import { describe, expect, it } from "vitest";
import { freePrefixes } from "./ready-network";

describe("freePrefixes", () => {
  it("leaves out what the machine uses, and falls back to all", () => {
    expect(freePrefixes(["127.0.0.1", "192.168.122.7"])).not.toContain("192.168.122");
    expect(freePrefixes([])[0]).toBe("192.168.122");
    const all = freePrefixes([]).map((prefix) => `${prefix}.1`);
    expect(freePrefixes(all)).toHaveLength(all.length);
  });
});
