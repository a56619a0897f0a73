export { openBridge } from "./bridge";
export type {
  Bridge,
  BridgeCounters,
  BridgeEnd,
  BridgeFinding,
  BridgeOptions,
  ClientFilter,
  CloseWith,
} from "./bridge-options";
export { closeCode, isCloseCodeValid } from "./close-code";
export { endWebSocket } from "./end-web-socket";
export { FrameParser } from "./frame";
export {
  acceptHandshake,
  type Handshake,
  type Refusal,
  readHandshake,
  refuseHandshake,
} from "./handshake";
export { muteFilter } from "./mute-filter";
export { RfbFilter, RfbViolation } from "./rfb-filter";
export { readGreeting } from "./rfb-greeting";
export { openRfb } from "./rfb-opening";
export { streamTarget } from "./stream-target";
export { connectTarget, type Target, type TargetAddress } from "./target";
