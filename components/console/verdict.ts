import type { ErrorCode, UserMessage } from "@/lib/model/errors";
import type { VmState } from "@/lib/model/vm-state";
import { closeCodes } from "./close-codes";
import type { EndedReason, GuestNow, LostReason } from "./connection-state";

/** What to do after a try or a connection has come to its end. */
export type Verdict =
  | { next: "retry"; reason: LostReason; message: UserMessage | null; minDelayMs: number }
  | { next: "guest_off" }
  | { next: "ended"; reason: EndedReason; message: UserMessage | null; canRetry: boolean };

/** States in which no start is behind the guest, so that there is no screen to see. */
const screenless: readonly VmState[] = [
  "creating",
  "off",
  "saved",
  "suspended",
  "deleting",
  "missing",
];

/** Whether the guest has a screen. `unknown` means that the host is silent: worth a try. */
export function hasScreen(guest: GuestNow): boolean {
  if (guest.state === "unknown") return true;
  return guest.bootId !== null && !screenless.includes(guest.state);
}

function retry(
  reason: LostReason,
  message: UserMessage | null = null,
  minDelayMs = 0,
): Extract<Verdict, { next: "retry" }> {
  return { next: "retry", reason, message, minDelayMs };
}

function ended(reason: EndedReason, message: UserMessage | null, canRetry: boolean): Verdict {
  return { next: "ended", reason, message, canRetry };
}

/** Reads the end of a socket that was open. */
export function verdictOfClose(code: number): Verdict {
  switch (code) {
    case closeCodes.guestStopped:
      return { next: "guest_off" };
    case closeCodes.guestRestarted:
      return retry("guest_restarted");
    case closeCodes.accessEnded:
      return ended("access_ended", null, true);
    case closeCodes.limits:
      return ended("limits", null, true);
    case closeCodes.serialTaken:
      return ended("taken", null, true);
    case closeCodes.portalGoingAway:
      return retry("portal_restarting");
    default:
      return retry("network");
  }
}

interface Refusal {
  code: ErrorCode;
  message: UserMessage;
  details: Record<string, unknown>;
}

/** Reads the refusal of a ticket. */
export function verdictOfRefusal(refusal: Refusal, guest: GuestNow): Verdict {
  switch (refusal.code) {
    case "auth.required":
      return ended("signed_out", refusal.message, true);
    case "auth.forbidden":
      return ended("forbidden", refusal.message, true);
    case "not_found":
      return ended("gone", refusal.message, false);
    case "host.unsupported":
      if (refusal.message.key === "vm.no_serial") return ended("no_serial", null, true);
      return ended("unsupported", refusal.message, true);
    case "input.invalid":
      return ended("invalid", refusal.message, true);
    case "quota.exceeded":
      return ended("limits", refusal.message, true);
    case "rate.limited":
      return retry("busy", refusal.message, retryAfterMs(refusal.details));
    case "vm.bad_state":
      // Off for the portal, on for our last news: one of them is late, so ask again.
      return hasScreen(guest) ? retry("refused", refusal.message) : { next: "guest_off" };
    default:
      return retry("refused", refusal.message);
  }
}

function retryAfterMs(details: Record<string, unknown>): number {
  const seconds = details.retryAfterSeconds;
  const known = typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0;
  return known ? Math.min(seconds, 300) * 1_000 : 4_000;
}
