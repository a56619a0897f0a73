import { describe, expect, it } from "vitest";
import { LibvirtError } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { alreadyExists, isAbsent, isUnsupported, toAppError } from "./errors";

const refused = (libvirtCode: number) =>
  new LibvirtError("refused", "libvirt's words", { libvirtCode });

describe("toAppError", () => {
  it.each([
    [42, "not_found"],
    [43, "not_found"],
    [49, "not_found"],
    [50, "not_found"],
    [55, "vm.bad_state"],
    [68, "host.timeout"],
    [90, "conflict.exists"],
    [3, "host.unsupported"],
    [84, "host.unsupported"],
    [1, "host.refused"],
    [38, "host.refused"],
  ])("libvirt's %i is %s", (libvirtCode, code) => {
    expect(toAppError(refused(libvirtCode), "call")).toMatchObject({ code, retryable: false });
  });

  it("keeps libvirt's own text as the reason", () => {
    expect(toAppError(refused(38), "call")).toMatchObject({
      details: { reason: "libvirt's words", sent: true },
    });
  });

  it("tells what has not begun from what may have happened", () => {
    const of = (error: LibvirtError) => toAppError(error, "call");
    expect(of(new LibvirtError("unreachable", "x"))).toMatchObject({
      code: "host.unreachable",
      retryable: true,
    });
    expect(of(new LibvirtError("outcome_unknown", "x"))).toMatchObject({
      code: "host.outcome_unknown",
      retryable: false,
    });
    expect(of(new LibvirtError("timeout", "x", { sent: true }))).toMatchObject({
      code: "host.timeout",
      retryable: false,
    });
    expect(of(new LibvirtError("timeout", "x", { sent: false }))).toMatchObject({
      retryable: true,
    });
  });

  it("leaves other errors and cancellations alone", () => {
    const bug = new TypeError("bug");
    expect(toAppError(bug, "call")).toBe(bug);
    const cancelled = new LibvirtError("aborted", "x");
    expect(toAppError(cancelled, "call")).toBe(cancelled);
    const app = new AppError({ code: "internal", message: "x" });
    expect(toAppError(app, "call")).toBe(app);
  });

  it("knows absence, existence and lack of support on both sides of the mapping", () => {
    for (const made of [refused(42), toAppError(refused(42), "x")])
      expect(isAbsent(made)).toBe(true);
    for (const made of [refused(90), toAppError(refused(90), "x")]) {
      expect(alreadyExists(made)).toBe(true);
      expect(isAbsent(made)).toBe(false);
    }
    for (const code of [3, 8, 84]) {
      expect(isUnsupported(refused(code))).toBe(true);
      expect(isUnsupported(toAppError(refused(code), "x"))).toBe(true);
    }
    expect(isUnsupported(refused(38))).toBe(false);
  });
});
