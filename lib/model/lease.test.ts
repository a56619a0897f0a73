import { describe, expect, it } from "vitest";
import { deletionAt, extensionOf, leaseEnd, nextLeaseStep, toLeaseView } from "./lease";

const day = 24 * 3_600_000;
// The night in which European clocks go forward.
const end = new Date("2030-03-31T12:00:00+02:00");
const row = { leaseEndsAt: end, leaseNoticedAt: null, leaseStoppedAt: null };
const fromEnd = (ms: number) => new Date(end.getTime() + ms);

describe("a lease", () => {
  it("is so many times 24 hours, also over the night that has 23", () => {
    const start = new Date("2030-03-30T12:00:00+01:00");
    expect(leaseEnd(1, start)).toEqual(new Date("2030-03-31T13:00:00+02:00"));
    expect(leaseEnd(null, start)).toBeNull();
  });

  it.each([
    [-4 * day, row, null],
    [-3 * day - 1, row, null],
    [-3 * day, row, "notice"],
    [-1, { ...row, leaseNoticedAt: fromEnd(-2 * day) }, null],
    [0, row, "stop"],
    [0, { ...row, leaseNoticedAt: fromEnd(-2 * day) }, "stop"],
    [30 * day, row, "stop"],
    [30 * day, { ...row, leaseStoppedAt: fromEnd(29 * day) }, null],
    [36 * day - 1, { ...row, leaseStoppedAt: fromEnd(29 * day) }, null],
    [36 * day, { ...row, leaseStoppedAt: fromEnd(29 * day) }, "delete"],
    // The clock went back after the VM was shut down: nothing is done again.
    [-9 * day, { ...row, leaseStoppedAt: fromEnd(0) }, null],
    [0, { leaseEndsAt: null, leaseNoticedAt: null, leaseStoppedAt: null }, null],
  ] as const)("%i ms from its end, as %j: %s", (ms, of, step) => {
    expect(nextLeaseStep(of, fromEnd(ms))).toBe(step);
  });

  it("can be extended to its whole length from now, and not beyond", () => {
    const now = fromEnd(0);
    expect(extensionOf(end, 10, now)).toEqual({ ok: true, endsAt: fromEnd(10 * day) });
    expect(extensionOf(fromEnd(10 * day), 10, now)).toEqual({ ok: false, reason: "full" });
    expect(extensionOf(fromEnd(20 * day), 10, now)).toEqual({ ok: false, reason: "full" });
    expect(extensionOf(end, null, now)).toEqual({ ok: false, reason: "admin_only" });
    expect(extensionOf(null, 10, now)).toEqual({ ok: false, reason: "none" });
  });

  it("says when the VM goes only once it was shut down", () => {
    expect(
      toLeaseView({ locked: true, leaseEndsAt: null, leaseNoticedAt: end, leaseStoppedAt: end }),
    ).toBeNull();
    expect(toLeaseView({ ...row, locked: false })).toMatchObject({
      noticed: false,
      stoppedAt: null,
      deletesAt: null,
    });
    expect(toLeaseView({ ...row, locked: false, leaseStoppedAt: end })?.deletesAt).toBe(
      deletionAt(end).toISOString(),
    );
  });
});
