import type { ActionResult } from "@/lib/model/result";
import type { ConsoleGrant, GuestNow } from "./connection-state";
import { fetchTicket } from "./fetch-ticket";

/** Well within the 30 s that a ticket lives. */
const freshMs = 20_000;
/** A pointer that only passes by asks for nothing. */
const meantMs = 60;

interface Prepared {
  href: string;
  bootId: string | null;
  askedAtMs: number;
  answer: Promise<ActionResult<ConsoleGrant> | null>;
}

let prepared: Prepared | null = null;
let meaning: ReturnType<typeof setTimeout> | undefined;

/** Asks for a console's ticket once a pointer rests on a link to it. It shows nothing by itself. */
export function prepareTicket(href: string, { bootId }: GuestNow): void {
  clearTimeout(meaning);
  if (isFor(prepared, href, bootId)) return;
  meaning = setTimeout(() => {
    const answer = fetchTicket(`${href}/ticket?ahead=1`, AbortSignal.timeout(freshMs));
    prepared = {
      href,
      bootId,
      askedAtMs: performance.now(),
      // Then the console asks for itself, and says what is wrong.
      answer: answer.catch(() => null),
    };
  }, meantMs);
}

/** The pointer has gone on. */
export function forgetPointer(): void {
  clearTimeout(meaning);
}

/** A ticket that was asked for ahead, for one use; null where there is none that is good. */
export async function takePrepared(
  href: string,
  { bootId }: GuestNow,
): Promise<ActionResult<ConsoleGrant> | null> {
  forgetPointer();
  const found = prepared;
  if (!isFor(found, href, bootId)) return null;
  prepared = null;
  const answer = await found.answer;
  return answer?.ok ? answer : null;
}

function isFor(each: Prepared | null, href: string, bootId: string | null): each is Prepared {
  if (each === null || each.href !== href || each.bootId !== bootId) return false;
  return performance.now() - each.askedAtMs < freshMs;
}
