import type { CloseWith } from "@/lib/websockify";

/**
 * How a console ends after it was open. A WebSocket tells a page nothing but these two: the code
 * decides what the page does, the reason, a stable key, is for logs and other clients.
 */
export const consoleCloses = {
  portalGoingAway: { code: 1001, reason: "closed.portal_going_away" },
  guestStopped: { code: 4001, reason: "closed.guest_stopped" },
  guestRestarted: { code: 4002, reason: "closed.guest_restarted" },
  accessEnded: { code: 4003, reason: "closed.access_ended" },
  limits: { code: 4004, reason: "closed.limits" },
} as const satisfies Record<string, CloseWith>;
