import { promises as fs } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Procedure } from "../protocol/call";
import type { EventDefinition } from "../protocol/events";
import { connectionHandlers } from "./fake-connection";
import { domainHandlers } from "./fake-domains";
import { type FakeContext, type Handlers, served } from "./fake-handlers";
import { resourceHandlers } from "./fake-resources";
import { FakeSession, type FakeSessionOptions } from "./fake-session";
import { CODE, FakeState, Refusal } from "./fake-state";

export interface FakeDaemonOptions {
  /** Bytes delivered per turn of the event loop; all at once if not given. */
  chunkBytes?: number;
  /** Answers in place of the usual ones. */
  handlers?: Handlers;
}

/** A libvirt daemon for tests: the real protocol on a real unix socket, a tiny host in memory. */
export interface FakeDaemon {
  readonly uri: string;
  readonly state: FakeState;
  /** Connected clients, oldest first. */
  readonly sessions: FakeSession[];
  /** Tells every client that has registered for the event. */
  emit(definition: EventDefinition, payload: Record<string, unknown>): void;
  stop(): Promise<void>;
}

const byNumber = new Map(
  Object.entries<Procedure>(served).map(([name, procedure]) => [
    `${procedure.program}:${procedure.number}`,
    { name, procedure },
  ]),
);

export async function startFakeDaemon(options: FakeDaemonOptions = {}): Promise<FakeDaemon> {
  const folder = await fs.mkdtemp(join(tmpdir(), "fake-libvirt-"));
  const socketPath = join(folder, "sock");
  const state = new FakeState();
  const sessions: FakeSession[] = [];
  const emit: FakeDaemon["emit"] = (definition, payload) => {
    for (const session of sessions) session.emit(definition, payload);
  };
  const handlers = {
    ...connectionHandlers,
    ...domainHandlers,
    ...resourceHandlers,
    ...options.handlers,
  } as Record<string, ((args: unknown, context: FakeContext) => unknown) | undefined>;
  const sessionOptions: FakeSessionOptions = {
    chunkBytes: options.chunkBytes,
    find: (program, number) => byNumber.get(`${program}:${number}`),
    answer(name, args, call) {
      const handler = handlers[name];
      if (handler === undefined) {
        throw new Refusal(CODE.noSupport, `this function is not supported: ${name}`);
      }
      return handler(args, { ...call, state, emit });
    },
  };
  const server = createServer((socket) => {
    const session = new FakeSession(socket, sessionOptions);
    sessions.push(session);
    socket.on("close", () => sessions.splice(sessions.indexOf(session), 1));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  return {
    uri: `test+unix:///default?socket=${socketPath}`,
    state,
    sessions,
    emit,
    async stop() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}
