import { describe, expect, it } from "vitest";
import { screenOf, socketPathOf } from "./console";
import { parseDomain } from "./xml/parse-domain";

describe("socketPathOf", () => {
  const domain = (graphics: string) =>
    parseDomain(
      `<domain type='qemu' id='1'><name>n</name><uuid>u</uuid><devices>${graphics}</devices></domain>`,
    );
  it("takes a unix socket and nothing else", () => {
    const socket = "<graphics type='vnc'><listen type='socket' socket='/run/x.sock'/></graphics>";
    expect(socketPathOf(domain(socket))).toBe("/run/x.sock");
    for (const graphics of [
      "",
      "<graphics type='spice'><listen type='socket' socket='/run/x.sock'/></graphics>",
      "<graphics type='vnc' port='5900'><listen type='address' address='127.0.0.1'/></graphics>",
      "<graphics type='vnc'><listen type='socket' socket='relative.sock'/></graphics>",
      "<graphics type='vnc'><listen type='socket' socket='/a'/><listen type='address'/></graphics>",
    ]) {
      expect(() => socketPathOf(domain(graphics))).toThrow(
        expect.objectContaining({ code: "host.unsupported" }),
      );
    }
  });
});

describe("screenOf", () => {
  it("tells a socket from an address and from nothing", () => {
    const socket = { type: "vnc", listen: "socket", socketPath: null } as const;
    expect(screenOf([socket])).toBe("socket");
    expect(screenOf([{ ...socket, listen: "other" }])).toBe("address");
    expect(screenOf([{ ...socket, type: "spice" }])).toBe("none");
  });
});
