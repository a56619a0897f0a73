import { Duplex } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { connect } from "./index";
import { startKeepalive } from "./keepalive";
import { RpcConnection } from "./rpc/connection";
import { until } from "./testing/contract";
import { startFakeDaemon } from "./testing/fake-daemon";

/** A pipe to nowhere that keeps what is written to it. */
function deadPipe() {
  const written: Buffer[] = [];
  const pipe = new Duplex({
    read: () => undefined,
    write(chunk, _encoding, callback) {
      written.push(chunk);
      callback();
    },
  });
  return { pipe, written };
}

describe("keepalive", () => {
  it("answers the daemon's pings", async () => {
    const daemon = await startFakeDaemon();
    const connection = await connect(daemon.uri);
    daemon.sessions[0]?.ping();
    daemon.sessions[0]?.ping();
    await until(() => daemon.sessions[0]?.pongs === 2);
    await connection.close();
    await daemon.stop();
  });

  it("gives up a daemon that is silent, after pinging it", async () => {
    const { pipe, written } = deadPipe();
    const rpc = new RpcConnection(pipe);
    startKeepalive(rpc, 10);
    expect(await rpc.closed).toMatchObject({ kind: "unreachable" });
    expect(written.length).toBeGreaterThan(0);
  });

  it("does not take our own pause for the daemon's silence", () => {
    vi.useFakeTimers();
    const { pipe, written } = deadPipe();
    const rpc = new RpcConnection(pipe);
    rpc.pause();
    startKeepalive(rpc);
    vi.advanceTimersByTime(120_000);
    expect(written).toEqual([]);
    rpc.resume();
    vi.advanceTimersByTime(6_000);
    expect(written.length).toBe(1);
    rpc.close();
    vi.useRealTimers();
  });

  it("does not take a loop of ours that was held up for the daemon's silence", () => {
    vi.useFakeTimers();
    const { pipe, written } = deadPipe();
    const rpc = new RpcConnection(pipe);
    const fail = vi.spyOn(rpc, "fail");
    startKeepalive(rpc);
    rpc.lastReceivedAt = performance.now() - 120_000;
    vi.advanceTimersByTime(25_000);
    expect(written.length).toBe(5);
    expect(fail).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5_000);
    expect(fail).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});
