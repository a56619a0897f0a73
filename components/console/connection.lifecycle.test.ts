import { describe, expect, it } from "vitest";
import { off, rig, running } from "./connection.fixture";
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
      bench.asked[0]?.answer({
        ok: true,
        value: { ticket: "late", path: "/console", consoleId: "console" },
      });
      bench.sockets[0]?.serverCloses(1006);
      bench.connection.guestChanged(running("boot-2"));
      bench.connection.retryNow();
      await bench.settle();
      expect(bench.history).toHaveLength(seen);
      if (bench.sockets[0] && phase !== "lost") expect(bench.sockets[0].closedByUs).toBe(true);
    },
  );
});
