import { describe, expect, it } from "vitest";
import english from "@/messages/en/console.json";
import type { ConsoleState, EndedReason, LostReason } from "./connection-state";
import { statusLine } from "./status";

function textAt(key: string): unknown {
  let at: unknown = english.status;
  for (const part of key.split(".")) at = (at as Record<string, unknown>)[part];
  return at;
}

/** The compiler keeps these complete. */
const lost: Record<LostReason, true> = {
  network: true,
  portal_restarting: true,
  guest_restarted: true,
  refused: true,
  busy: true,
  silent: true,
  protocol: true,
};
const ended: Record<EndedReason, true> = {
  signed_out: true,
  forbidden: true,
  gone: true,
  access_ended: true,
  limits: true,
  unsupported: true,
  password: true,
  invalid: true,
  taken: true,
  no_serial: true,
};
const lostReasons = Object.keys(lost) as LostReason[];

const states: ConsoleState[] = [
  { phase: "idle" },
  { phase: "asking", attempt: 1, after: null },
  { phase: "connecting", attempt: 1, after: null },
  { phase: "connected" },
  { phase: "guest_off", vmState: "off" },
  { phase: "ended", reason: "gone", message: null, canRetry: false },
  ...lostReasons.flatMap((reason): ConsoleState[] => [
    { phase: "asking", attempt: 2, after: reason },
    { phase: "lost", reason, attempt: 1, retryAtMs: 0, message: null },
  ]),
];

describe("statusLine", () => {
  it.each(states)("has words for %j", (state) => {
    for (const vmState of ["running", "paused", "paused_io_error"] as const) {
      for (const viewOnly of [true, false]) {
        const { key } = statusLine(state, vmState, viewOnly);
        expect(textAt(key), key).toEqual(expect.any(String));
      }
    }
  });

  it("tells every end with a title and what can be done", () => {
    const reasons = Object.keys(ended).sort();
    expect(Object.keys(english.ended.title).sort()).toEqual(reasons);
    expect(Object.keys(english.ended.body).sort()).toEqual(reasons);
  });

  it("says the same through all tries of a series", () => {
    const words = [
      { phase: "lost", reason: "network", attempt: 1, retryAtMs: 5, message: null } as const,
      { phase: "asking", attempt: 2, after: "network" } as const,
      { phase: "connecting", attempt: 2, after: "network" } as const,
    ].map((state) => statusLine(state, "running", false).key);
    expect(new Set(words).size).toBe(1);
  });

  it("says that a connected guest is paused", () => {
    expect(statusLine({ phase: "connected" }, "paused", false).key).toBe("paused");
    expect(statusLine({ phase: "connected" }, "running", true).key).toBe("connectedViewOnly");
  });
});
