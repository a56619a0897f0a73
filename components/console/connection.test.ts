import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/model/errors";
import { off, refusal, rig, running } from "./connection.fixture";
import { timing } from "./timing";

describe("first picture", () => {
  it("asks a ticket, opens the socket with it as a subprotocol, and is connected", async () => {
    const bench = rig();
    expect(bench.phase()).toBe("idle");
    await bench.connect();
    expect(bench.history.map((each) => each.phase)).toEqual(["asking", "connecting", "connected"]);
    expect(bench.lastSocket().path).toBe("/console");
    expect(bench.lastSocket().protocols).toEqual(["binary", "ticket.t1"]);
  });

  it("waits for a VM that is being made, then connects by itself", async () => {
    const bench = rig({ guest: { state: "creating", bootId: null } });
    bench.connection.start();
    await bench.settle();
    expect(bench.asked).toHaveLength(0);
    bench.connection.guestChanged(running("boot-1"));
    await bench.settle();
    expect(bench.phase()).toBe("connecting");
  });

  it("says that the guest is off, and connects when it starts", async () => {
    const bench = rig({ guest: off });
    bench.connection.start();
    expect(bench.state()).toEqual({ phase: "guest_off", vmState: "off" });
    bench.connection.guestChanged(running("boot-1"));
    await bench.settle();
    expect(bench.phase()).toBe("connecting");
  });

  it("goes from being made to off when the new VM was not started", () => {
    const bench = rig({ guest: { state: "creating", bootId: null } });
    bench.connection.start();
    bench.connection.guestChanged(off);
    expect(bench.phase()).toBe("guest_off");
  });

  it("starts once, however often it is told to", async () => {
    const bench = rig();
    bench.connection.start();
    bench.connection.start();
    await bench.settle();
    expect(bench.asked).toHaveLength(1);
  });
});

describe("network loss and portal restart", () => {
  it("tries again with a new ticket each time, from 250 ms doubling to 4 s", async () => {
    const bench = rig();
    await bench.connect();
    bench.script.ticket = Array.from({ length: 8 }, () => null);
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "network", attempt: 1 });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const now = bench.state();
      if (now.phase !== "lost" || now.retryAtMs === null) throw new Error(now.phase);
      const waitMs = now.retryAtMs - bench.clock.nowMs();
      waits.push(waitMs);
      const before = bench.asked.length;
      await bench.advance(waitMs - 1);
      expect(bench.asked).toHaveLength(before);
      await bench.advance(1);
      expect(bench.asked).toHaveLength(before + 1);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000, 4000]);
    await bench.advance(4000);
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
    expect(bench.lastSocket().protocols[1]).toBe("ticket.t10");
  });

  it("counts from the beginning only after a connection that lasted", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1006);
    await bench.advance(250);
    await bench.comesBack();
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", attempt: 2 });
    await bench.advance(500);
    await bench.comesBack();
    await bench.advance(timing.stableMs);
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", attempt: 1 });
  });

  it("knows a restart of the portal by its close code", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1001);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "portal_restarting" });
    bench.script.ticket = [null, null];
    await bench.advance(250);
    await bench.advance(500);
    await bench.advance(1000);
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
  });

  it("retries when the socket is refused before it opens", async () => {
    const bench = rig();
    bench.connection.start();
    await bench.settle();
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "network", attempt: 1 });
    expect(bench.lastViewer().detached).toBe(true);
  });

  it("tells later tries what they come after", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1001);
    await bench.advance(250);
    expect(bench.state()).toEqual({ phase: "connecting", attempt: 2, after: "portal_restarting" });
  });

  it.each(["visible", "online", "person"] as const)("retries at once: %s", async (why) => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1006);
    if (why === "visible") {
      bench.connection.visibilityChanged(false);
      bench.connection.visibilityChanged(true);
    } else if (why === "online") bench.connection.networkReturned();
    else bench.connection.retryNow();
    await bench.settle();
    expect(bench.asked).toHaveLength(2);
    expect(bench.clock.nowMs()).toBe(0);
    // The retry that was pending does not happen as well.
    await bench.advance(400);
    expect(bench.asked).toHaveLength(2);
  });

  it("tries nothing while the page is hidden", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1006);
    bench.connection.visibilityChanged(false);
    expect(bench.state()).toMatchObject({ phase: "lost", retryAtMs: null });
    await bench.advance(3_600_000);
    bench.connection.networkReturned();
    await bench.settle();
    expect(bench.asked).toHaveLength(1);
  });

  it("loses the connection while hidden without scheduling anything", async () => {
    const bench = rig();
    await bench.connect();
    bench.connection.visibilityChanged(false);
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", retryAtMs: null });
    await bench.advance(60_000);
    expect(bench.asked).toHaveLength(1);
  });
});

describe("silence", () => {
  it("gives up on a ticket that never comes, cancels it, and tries again", async () => {
    const bench = rig();
    bench.script.ticket = ["hang"];
    bench.connection.start();
    await bench.settle();
    await bench.advance(timing.ticketMs);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "silent" });
    expect(bench.asked[0]?.signal.aborted).toBe(true);
    // A late answer belongs to a try that is over.
    bench.asked[0]?.answer({ ok: true, value: { ticket: "late", path: "/console" } });
    await bench.settle();
    expect(bench.sockets).toHaveLength(0);
  });

  it("gives up on a first frame that never comes", async () => {
    const bench = rig();
    bench.connection.start();
    await bench.settle();
    await bench.advance(timing.firstFrameMs);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "silent" });
    expect(bench.lastSocket().closedByUs).toBe(true);
  });

  it("asks a silent screen whether it is there, and keeps it when it answers", async () => {
    const bench = rig();
    await bench.connect();
    await bench.advance(timing.probeEveryMs);
    expect(bench.lastViewer().probes).toBe(1);
    bench.lastSocket().serverSends();
    await bench.advance(timing.probeAnswerMs);
    expect(bench.phase()).toBe("connected");
    await bench.advance(timing.probeEveryMs);
    expect(bench.lastViewer().probes).toBe(2);
  });

  it("reconnects when a silent screen does not answer", async () => {
    const bench = rig();
    await bench.connect();
    await bench.advance(timing.probeEveryMs + timing.probeAnswerMs);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "silent" });
    expect(bench.lastSocket().closedByUs).toBe(true);
  });

  it("does not probe a screen that talks", async () => {
    const bench = rig();
    await bench.connect();
    for (let turn = 0; turn < 10; turn += 1) {
      bench.lastSocket().serverSends();
      await bench.advance(timing.probeEveryMs);
    }
    expect(bench.lastViewer().probes).toBe(0);
  });

  it.each(["visible", "online"] as const)("probes at once: %s", async (why) => {
    const bench = rig();
    await bench.connect();
    if (why === "online") bench.connection.networkReturned();
    else {
      bench.connection.visibilityChanged(false);
      bench.connection.visibilityChanged(true);
    }
    expect(bench.lastViewer().probes).toBe(1);
    expect(bench.phase()).toBe("connected");
  });
});

describe("guest stop and start", () => {
  it("waits when the guest stops, and comes back with its next boot", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(4001);
    bench.connection.guestChanged(off);
    expect(bench.state()).toEqual({ phase: "guest_off", vmState: "off" });
    await bench.advance(3_600_000);
    expect(bench.asked).toHaveLength(1);
    bench.connection.guestChanged(running("boot-2"));
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
    expect(bench.asked).toHaveLength(2);
  });

  it("goes on at once when the news of the next boot came before the close", async () => {
    const bench = rig();
    await bench.connect();
    bench.connection.guestChanged(off);
    bench.connection.guestChanged(running("boot-2"));
    expect(bench.phase()).toBe("connected");
    bench.lastSocket().serverCloses(4001);
    await bench.settle();
    expect(bench.phase()).toBe("connecting");
  });

  it("does not take old news of the same boot for a start", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(4001);
    bench.connection.guestChanged(running("boot-1"));
    await bench.settle();
    expect(bench.phase()).toBe("guest_off");
    expect(bench.asked).toHaveLength(1);
  });

  it("believes the inventory when it keeps saying that the guest runs", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(4001);
    await bench.advance(timing.recheckMs);
    expect(bench.asked).toHaveLength(2);
  });

  it("comes back after a restart of the guest's screen", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(4002);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "guest_restarted" });
    await bench.advance(250);
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
  });

  it("stops retrying when the guest is found to be off, and starts again with it", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastSocket().serverCloses(1006);
    bench.connection.guestChanged(off);
    expect(bench.phase()).toBe("guest_off");
    await bench.advance(60_000);
    expect(bench.asked).toHaveLength(1);
    bench.connection.guestChanged(running("boot-2"));
    await bench.settle();
    expect(bench.phase()).toBe("connecting");
  });

  it("retries at once when a lost guest has a new boot", async () => {
    const bench = rig();
    await bench.connect();
    bench.script.ticket = [null, null, null];
    bench.lastSocket().serverCloses(1006);
    await bench.advance(250);
    await bench.advance(500);
    bench.connection.guestChanged(running("boot-2"));
    await bench.settle();
    expect(bench.asked).toHaveLength(4);
  });

  it("says that the guest is off when its own close is only a broken socket", async () => {
    const bench = rig();
    await bench.connect();
    bench.connection.guestChanged(off);
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toEqual({ phase: "guest_off", vmState: "off" });
  });

  it("ends when the VM is deleted", async () => {
    const bench = rig();
    await bench.connect();
    bench.connection.guestRemoved();
    expect(bench.state()).toMatchObject({ phase: "ended", reason: "gone", canRetry: false });
    expect(bench.lastSocket().closedByUs).toBe(true);
    expect(bench.lastViewer().detached).toBe(true);
    expect(bench.clock.pending()).toBe(0);
  });
});

describe("access and limits", () => {
  it.each([
    [4003, "access_ended"],
    [4004, "limits"],
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

describe("a viewer that fails", () => {
  it("reconnects after a stream that could not be understood", async () => {
    const bench = rig();
    await bench.connect();
    bench.lastViewer().events.failed("protocol");
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "protocol" });
    expect(bench.lastViewer().detached).toBe(true);
    // Its socket closes afterwards: that is old news.
    bench.lastSocket().serverCloses(1000);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "protocol", attempt: 1 });
  });

  it("reports what the viewer throws, and goes on", async () => {
    const bench = rig();
    bench.script.attachThrows = true;
    bench.connection.start();
    await bench.settle();
    expect(bench.reported).toHaveLength(1);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "protocol" });
    expect(bench.lastSocket().closedByUs).toBe(true);
  });
});

describe("the end", () => {
  it.each(["asking", "connecting", "connected", "lost"] as const)(
    "leaves nothing behind when disposed while %s",
    async (phase) => {
      const bench = rig();
      if (phase === "asking") bench.script.ticket = ["hang"];
      bench.connection.start();
      await bench.settle();
      if (phase === "connected" || phase === "lost") bench.lastViewer().events.connected();
      if (phase === "lost") bench.lastSocket().serverCloses(1006);
      expect(bench.phase()).toBe(phase);
      const seen = bench.history.length;
      bench.connection.dispose();
      expect(bench.clock.pending()).toBe(0);
      bench.asked[0]?.answer({ ok: true, value: { ticket: "late", path: "/console" } });
      bench.sockets[0]?.serverCloses(1006);
      bench.connection.guestChanged(running("boot-2"));
      bench.connection.retryNow();
      await bench.settle();
      expect(bench.history).toHaveLength(seen);
      if (bench.sockets[0] && phase !== "lost") expect(bench.sockets[0].closedByUs).toBe(true);
    },
  );
});
