import { i32, optional } from "../../xdr/codec";
import { call } from "../call";
import { domainRef, networkRef, poolRef } from "../types";

/** Used by the connection's own event hub, which counts who listens. */
export const eventRegistrationProcedures = {
  connectNetworkEventRegisterAny: call(
    313,
    { eventId: i32, net: optional(networkRef) },
    { callbackId: i32 },
  ),
  connectNetworkEventDeregisterAny: call(314, { callbackId: i32 }),
  connectDomainEventCallbackRegisterAny: call(
    316,
    { eventId: i32, dom: optional(domainRef) },
    { callbackId: i32 },
  ),
  connectDomainEventCallbackDeregisterAny: call(317, { callbackId: i32 }),
  connectStoragePoolEventRegisterAny: call(
    368,
    { eventId: i32, pool: optional(poolRef) },
    { callbackId: i32 },
  ),
  connectStoragePoolEventDeregisterAny: call(369, { callbackId: i32 }),
};
