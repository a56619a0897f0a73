import { domainEvents, type EventDefinition, networkEvents, poolEvents } from "../protocol/events";
import type { FakeContext, Handlers } from "./fake-handlers";
import { CODE, Refusal } from "./fake-state";

/** The fake daemon's handshake, host facts and event registration. */
export const connectionHandlers: Handlers = {
  authList: () => ({ types: [0] }),
  authPolkit: () => ({ complete: 1 }),
  connectOpen: () => undefined,
  connectSupportsFeature: () => ({ supported: 1 }),
  connectGetHostname: () => ({ hostname: "fake" }),
  connectGetVersion: () => ({ hvVer: 2n }),
  connectGetLibVersion: () => ({ libVer: 9_000_000n }),
  connectGetUri: () => ({ uri: "test:///default" }),
  connectGetType: () => ({ type: "TEST" }),
  connectIsSecure: () => ({ secure: 1 }),
  connectGetCapabilities: () => ({ capabilities: "<capabilities><host/></capabilities>" }),
  nodeGetInfo: () => ({
    model: "i686",
    memory: 3_145_728n,
    cpus: 16,
    mhz: 1400,
    nodes: 2,
    sockets: 2,
    cores: 2,
    threads: 2,
  }),

  connectDomainEventCallbackRegisterAny: ({ eventId }, context) =>
    register(Object.values(domainEvents), eventId, context),
  connectNetworkEventRegisterAny: ({ eventId }, context) =>
    register(Object.values(networkEvents), eventId, context),
  connectStoragePoolEventRegisterAny: ({ eventId }, context) =>
    register(Object.values(poolEvents), eventId, context),
  connectDomainEventCallbackDeregisterAny: ({ callbackId }, context) =>
    deregister(Object.values(domainEvents), callbackId, context),
  connectNetworkEventDeregisterAny: ({ callbackId }, context) =>
    deregister(Object.values(networkEvents), callbackId, context),
  connectStoragePoolEventDeregisterAny: ({ callbackId }, context) =>
    deregister(Object.values(poolEvents), callbackId, context),
};

/** Callback ids overlap between kinds of objects, as the real daemon's do. */
function register(
  events: EventDefinition[],
  eventId: number,
  { session }: FakeContext,
): { callbackId: number } {
  const event = events.find(({ id }) => id === eventId);
  if (event === undefined) throw new Refusal(CODE.invalidArgument, "unsupported event ID");
  if (session.registrations.has(event.message)) {
    throw new Refusal(CODE.invalidArgument, "event callback already tracked");
  }
  const callbackId = events.indexOf(event) + 1;
  session.registrations.set(event.message, callbackId);
  return { callbackId };
}

function deregister(events: EventDefinition[], callbackId: number, { session }: FakeContext): void {
  const event = events.find(({ message }) => session.registrations.get(message) === callbackId);
  if (event === undefined) throw new Refusal(CODE.invalidArgument, "no such callback");
  session.registrations.delete(event.message);
}
