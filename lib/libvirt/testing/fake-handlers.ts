import type { EventDefinition } from "../protocol/events";
import { procedures } from "../protocol/procedures";
import { eventRegistrationProcedures } from "../protocol/procedures/event-registration";
import { handshakeProcedures } from "../protocol/procedures/handshake";
import type { InputOf, OutputOf } from "../xdr/codec";
import type { FakeCall } from "./fake-session";
import type { FakeState } from "./fake-state";

export const served = { ...procedures, ...handshakeProcedures, ...eventRegistrationProcedures };
type Served = typeof served;

export interface FakeContext extends FakeCall {
  state: FakeState;
  /** Tells every client that has registered for the event. */
  emit(definition: EventDefinition, payload: Record<string, unknown>): void;
}

/** What the fake daemon answers: typed by the same table as the client. */
export type Handlers = {
  [K in keyof Served]?: (
    args: OutputOf<Served[K]["args"]>,
    context: FakeContext,
  ) => InputOf<Served[K]["result"]> | Promise<InputOf<Served[K]["result"]>>;
};
