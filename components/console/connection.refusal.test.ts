import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/model/errors";
import { off, refusal, rig, running } from "./connection.fixture";

describe("access and limits", () => {
  it.each([
    [4003, "access_ended"],
    [4004, "limits"],
    [4005, "taken"],
  ] as const)("close code %i ends it as %s, until a person asks", async (code, reason) => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(code);
    expect(bench.state()).toMatchObject({ phase: "ended", reason, canRetry: true });
    bench.connection.networkReturned();
    bench.connection.visibilityChanged(true);
    bench.connection.guestChanged(running("boot-2"));
    await bench.advance(3_600_000);
    expect(bench.asked).toHaveLength(1);
    bench.connection.retryNow();
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
  });

  it("says that a password is needed", async () => {
    const bench = rig();
    bench.connection.start();
    await bench.settle();
    bench.lastViewer().events.failed("password");
    expect(bench.state()).toMatchObject({ phase: "ended", reason: "password", canRetry: false });
  });
});

describe("refused tickets", () => {
  const expected = {
    "auth.required": { phase: "ended", reason: "signed_out" },
    "auth.forbidden": { phase: "ended", reason: "forbidden" },
    not_found: { phase: "ended", reason: "gone", canRetry: false },
    "host.unsupported": { phase: "ended", reason: "unsupported" },
    "input.invalid": { phase: "ended", reason: "invalid" },
    "quota.exceeded": { phase: "ended", reason: "limits" },
    "rate.limited": { phase: "lost", reason: "busy", retryAtMs: 4_000 },
    "vm.bad_state": { phase: "lost", reason: "refused" },
    "conflict.stale": { phase: "lost", reason: "refused" },
    "conflict.rule": { phase: "lost", reason: "refused" },
    "conflict.exists": { phase: "lost", reason: "refused" },
    "host.unreachable": { phase: "lost", reason: "refused", retryAtMs: 250 },
    "host.outcome_unknown": { phase: "lost", reason: "refused" },
    "host.refused": { phase: "lost", reason: "refused" },
    "host.timeout": { phase: "lost", reason: "refused" },
    internal: { phase: "lost", reason: "refused" },
  } as const;

  it.each(errorCodes)("%s", async (code) => {
    const bench = rig();
    bench.script.ticket = [refusal(code)];
    bench.connection.start();
    await bench.settle();
    expect(bench.state()).toMatchObject({ ...expected[code], message: { key: code } });
    expect(bench.sockets).toHaveLength(0);
  });

  it("tells a guest without a serial port from one without a screen", async () => {
    const bench = rig();
    const answer = refusal("host.unsupported");
    if (!answer.ok) answer.error.message = { key: "vm.no_serial" };
    bench.script.ticket = [answer];
    bench.connection.start();
    await bench.settle();
    expect(bench.state()).toMatchObject({ phase: "ended", reason: "no_serial", canRetry: true });
  });

  it("waits as long as a rate limit says", async () => {
    const bench = rig();
    bench.script.ticket = [refusal("rate.limited", { retryAfterSeconds: 30 })];
    bench.connection.start();
    await bench.settle();
    await bench.advance(29_999);
    expect(bench.asked).toHaveLength(1);
    await bench.advance(1);
    expect(bench.asked).toHaveLength(2);
  });

  it("takes a wrong state of a guest that is off for what it is", async () => {
    const bench = rig({ guest: { state: "unknown", bootId: null } });
    bench.script.ticket = ["hang"];
    bench.connection.start();
    bench.connection.guestChanged(off);
    bench.asked[0]?.answer(refusal("vm.bad_state"));
    await bench.settle();
    expect(bench.state()).toEqual({ phase: "guest_off", vmState: "off" });
  });
});
