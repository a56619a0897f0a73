import type { EventDefinition } from "./protocol/events";
import { eventRegistrationProcedures as procedures } from "./protocol/procedures/event-registration";
import type { RpcConnection } from "./rpc/connection";
import type { Header } from "./rpc/frame";
import type { Reader } from "./xdr/reader";

export type EventKind = "domain" | "network" | "pool";
export type Unsubscribe = () => Promise<void>;

const REGISTER = {
  domain: "connectDomainEventCallbackRegisterAny",
  network: "connectNetworkEventRegisterAny",
  pool: "connectStoragePoolEventRegisterAny",
} as const satisfies Record<EventKind, keyof typeof procedures>;

const DEREGISTER = {
  domain: "connectDomainEventCallbackDeregisterAny",
  network: "connectNetworkEventDeregisterAny",
  pool: "connectStoragePoolEventDeregisterAny",
} as const satisfies Record<EventKind, keyof typeof procedures>;

interface Subscription {
  kind: EventKind;
  definition: EventDefinition;
  listeners: Set<{ call: (payload: never) => void }>;
  /** The daemon's id of our one registration; null when there is none. */
  callbackId: number | null;
  /** Registrations and their ends follow each other, however callers interleave. */
  settled: Promise<void>;
}

/**
 * Who listens to what. The daemon takes one registration per event and connection, so listeners are
 * counted here. Events are told apart by their message number: callback ids of domains and networks
 * overlap.
 */
export class EventHub {
  private readonly subscriptions = new Map<number, Subscription>();

  constructor(
    private readonly rpc: RpcConnection,
    private readonly onListenerError: (error: unknown) => void,
  ) {}

  /**
   * Resolves when the daemon has registered us: what happens from then on arrives. The returned
   * function ends it and never rejects; on a dead connection there is nothing left to end.
   */
  async subscribe<Payload>(
    kind: EventKind,
    definition: EventDefinition,
    listener: (payload: Payload) => void,
  ): Promise<Unsubscribe> {
    const subscription = this.subscriptionOf(kind, definition);
    const entry = { call: listener };
    subscription.listeners.add(entry);
    try {
      await this.settle(subscription);
    } catch (error) {
      subscription.listeners.delete(entry);
      throw error;
    }
    return async () => {
      subscription.listeners.delete(entry);
      await this.settle(subscription).catch(() => undefined);
    };
  }

  /** Hands an event to its listeners. Throws a `protocol` error when it cannot be read. */
  dispatch(header: Header, payload: Reader): void {
    const subscription = this.subscriptions.get(header.procedure);
    if (subscription === undefined) return;
    const event = subscription.definition.payload.read(payload);
    payload.end();
    for (const listener of subscription.listeners) {
      try {
        listener.call(event as never);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  private subscriptionOf(kind: EventKind, definition: EventDefinition): Subscription {
    const known = this.subscriptions.get(definition.message);
    if (known !== undefined) return known;
    const fresh: Subscription = {
      kind,
      definition,
      listeners: new Set(),
      callbackId: null,
      settled: Promise.resolve(),
    };
    this.subscriptions.set(definition.message, fresh);
    return fresh;
  }

  private settle(subscription: Subscription): Promise<void> {
    const { kind, definition, listeners } = subscription;
    const next = async () => {
      if (listeners.size > 0 && subscription.callbackId === null) {
        const what = REGISTER[kind];
        const answer = await this.rpc.call(what, procedures[what], { eventId: definition.id });
        subscription.callbackId = answer.callbackId;
      } else if (listeners.size === 0 && subscription.callbackId !== null) {
        const { callbackId } = subscription;
        subscription.callbackId = null;
        await this.rpc.call(DEREGISTER[kind], procedures[DEREGISTER[kind]], { callbackId });
      }
    };
    subscription.settled = subscription.settled.then(next, next);
    return subscription.settled;
  }
}
