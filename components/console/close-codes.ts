/** Close codes that the console's WebSocket ends with after it was opened. */
export const closeCodes = {
  portalGoingAway: 1001,
  hostLost: 1011,
  guestStopped: 4001,
  guestRestarted: 4002,
  accessEnded: 4003,
  limits: 4004,
  serialTaken: 4005,
} as const;
