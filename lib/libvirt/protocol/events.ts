import { typedParams } from "../typed-params";
import {
  type Codec,
  type Fields,
  flags,
  i32,
  i64,
  list,
  type OutputOf,
  optional,
  type StructInput,
  type StructOutput,
  struct,
  text,
  u64,
} from "../xdr/codec";
import { domainRef, networkRef, poolRef } from "./types";

/**
 * Three numbers belong to an event: the `id` that one registers for, the `message` number under
 * which it arrives, and the callback id that the daemon chose, which starts every payload.
 */
export interface EventDefinition<P extends Codec<unknown> = Codec<unknown>> {
  readonly id: number;
  readonly message: number;
  readonly payload: P;
}

function event<F extends Fields>(
  id: number,
  message: number,
  fields: F,
): EventDefinition<
  Codec<StructOutput<F & { callbackId: typeof i32 }>, StructInput<F & { callbackId: typeof i32 }>>
> {
  return { id, message, payload: struct({ callbackId: i32, ...fields }) };
}

const dom = domainRef;
const devAlias = text;
const graphicsAddress = struct({ family: i32, node: text, service: text });
const graphicsIdentity = struct({ type: text, name: text });

export const domainEvents = {
  lifecycle: event(0, 318, { dom, event: i32, detail: i32 }),
  reboot: event(1, 319, { dom }),
  rtcChange: event(2, 320, { dom, offset: i64 }),
  watchdog: event(3, 321, { dom, action: i32 }),
  ioError: event(4, 322, { dom, srcPath: text, devAlias, action: i32 }),
  graphics: event(5, 323, {
    dom,
    phase: i32,
    local: graphicsAddress,
    remote: graphicsAddress,
    authScheme: text,
    subject: list(graphicsIdentity, 20),
  }),
  ioErrorReason: event(6, 324, { dom, srcPath: text, devAlias, action: i32, reason: text }),
  controlError: event(7, 325, { dom }),
  blockJob: event(8, 326, { dom, path: text, type: i32, status: i32 }),
  diskChange: event(9, 327, {
    dom,
    oldSrcPath: optional(text),
    newSrcPath: optional(text),
    devAlias,
    reason: i32,
  }),
  trayChange: event(10, 328, { dom, devAlias, reason: i32 }),
  pmWakeup: event(11, 329, { reason: i32, dom }),
  pmSuspend: event(12, 330, { reason: i32, dom }),
  balloonChange: event(13, 331, { dom, actual: u64 }),
  pmSuspendDisk: event(14, 332, { reason: i32, dom }),
  deviceRemoved: event(15, 333, { dom, devAlias }),
  blockJob2: event(16, 339, { dom, dst: text, type: i32, status: i32 }),
  tunable: event(17, 346, { dom, params: typedParams(2048) }),
  agentLifecycle: event(18, 348, { dom, state: i32, reason: i32 }),
  deviceAdded: event(19, 354, { dom, devAlias }),
  migrationIteration: event(20, 359, { dom, iteration: i32 }),
  jobCompleted: event(21, 363, { dom, params: typedParams(64) }),
  deviceRemovalFailed: event(22, 367, { dom, devAlias }),
  metadataChange: event(23, 379, { dom, type: i32, nsuri: optional(text) }),
  blockThreshold: event(24, 385, {
    dom,
    dev: text,
    path: optional(text),
    threshold: u64,
    excess: u64,
  }),
  memoryFailure: event(25, 423, { dom, recipient: i32, action: i32, flags }),
  memoryDeviceSizeChange: event(26, 438, { dom, alias: text, size: u64 }),
};

export const networkEvents = {
  lifecycle: event(0, 315, { net: networkRef, event: i32, detail: i32 }),
};

export const poolEvents = {
  lifecycle: event(0, 370, { pool: poolRef, event: i32, detail: i32 }),
  refresh: event(1, 373, { pool: poolRef }),
};

export type DomainEventName = keyof typeof domainEvents;
export type NetworkEventName = keyof typeof networkEvents;
export type PoolEventName = keyof typeof poolEvents;

export type DomainEvent<K extends DomainEventName> = OutputOf<(typeof domainEvents)[K]["payload"]>;
export type NetworkEvent<K extends NetworkEventName> = OutputOf<
  (typeof networkEvents)[K]["payload"]
>;
export type PoolEvent<K extends PoolEventName> = OutputOf<(typeof poolEvents)[K]["payload"]>;
