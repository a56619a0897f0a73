import { describe, expect, it } from "vitest";
import { rig } from "./connection.fixture";
import { timing } from "./timing";

describe("network loss and portal restart", () => {
  it("asks a portal that does not answer every 400 ms for a while, then less and less often", async () => {
    const bench = rig();
    await bench.connect();
    bench.script.ticket = Array.from({ length: 25 }, () => null);
    bench.lastSocket().serverCloses(1006);
    expect(bench.state()).toMatchObject({ phase: "lost", reason: "network", attempt: 1 });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 25; attempt += 1) {
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
    const often = Array.from({ length: timing.unansweredTries - 1 }, () => 400);
    expect(waits).toEqual([250, ...often, 800, 1600, 3200, 4000, 4000]);
    await bench.advance(4000);
    await bench.comesBack();
    expect(bench.phase()).toBe("connected");
    expect(bench.lastSocket().protocols.at(-1)).toBe("ticket.t27");
  });

  it("tries a portal that refuses again with a new ticket each time, from 250 ms doubling to 4 s", async () => {
    const bench = rig();
    await bench.connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      bench.lastSocket().serverCloses(1006);
      const now = bench.state();
      if (now.phase !== "lost" || now.retryAtMs === null) throw new Error(now.phase);
      waits.push(now.retryAtMs - bench.clock.nowMs());
      await bench.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
    expect(new Set(bench.sockets.map((each) => each.protocols.at(-1))).size).toBe(8);
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
    await bench.advance(400);
    await bench.advance(400);
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
    bench.asked[0]?.answer({
      ok: true,
      value: { ticket: "late", path: "/console", consoleId: "console" },
    });
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
