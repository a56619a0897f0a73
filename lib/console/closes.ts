import type { CloseWith } from "@/lib/websockify";

/**
 * How a console ends after it was open. A WebSocket tells a page nothing but these two: the code
 * decides what the page does, the reason, a stable key, is for logs and other clients.
 */
export const consoleCloses = {
  portalGoingAway: { code: 1001, reason: "closed.portal_going_away" },
  /** libvirt went away, or the way to it. */
  hostLost: { code: 1011, reason: "closed.host_lost" },
  guestStopped: { code: 4001, reason: "closed.guest_stopped" },
  guestRestarted: { code: 4002, reason: "closed.guest_restarted" },
  accessEnded: { code: 4003, reason: "closed.access_ended" },
  limits: { code: 4004, reason: "closed.limits" },
  /** A serial port has one reader, and that is somebody else. */
  serialTaken: { code: 4005, reason: "closed.serial_taken" },
} as const satisfies Record<string, CloseWith>;
