import type { IncomingMessage, ServerResponse } from "node:http";
import { handleApi } from "@/lib/api/http/process-handler";
import { clientNetwork } from "@/lib/auth/client-network";
import { knownDevice } from "@/lib/auth/device-cookie";
import { clientAddressHeader } from "@/lib/auth/request-headers";
import { inertHeaders } from "@/lib/auth/security-headers";
import { unsealSession } from "@/lib/auth/session-cookie";
import { doorBusyText } from "@/lib/model/door-busy";
import { DoorQueue, type Place } from "@/lib/runtime/door-queue";
import { PeopleFirst } from "@/lib/runtime/people-first";

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Who is refused at the door learns it late, so that asking again at once brings nothing. */
const refusalMs = 1_000;
/** How long pages hold up one stranger at most. */
const longestHoldMs = 150;
/** How many are kept waiting for that; more are not answered at all. */
const mostRefused = 500;

/** A problem of none of our codes: nothing of the request has been looked at. */
const tooManyWait = {
  type: "about:blank",
  title: "Service Unavailable",
  status: 503,
  detail: "Too many requests wait for their turn.",
};

/** People, programs and strangers share this process: who of them is served when. */
export class Turns {
  private readonly people = new PeopleFirst();
  // A page that is being made goes before a stranger, who is not held up for ever by them.
  private readonly door = new DoorQueue(() => this.people.quiet(longestHoldMs));
  private refused = 0;

  /** Whether people reach the portal by https. */
  constructor(private readonly https: boolean) {}

  /** A program's request. */
  readonly program: Handler = (req, res) =>
    this.people.program(() => handleApi(req, res)) ?? this.turnAway(res);

  private async turnAway(res: ServerResponse): Promise<void> {
    const headers = { "content-type": "application/problem+json", "retry-after": "1" };
    res.writeHead(503, { ...inertHeaders(this.https), ...headers });
    res.end(JSON.stringify(tooManyWait));
  }

  /** What a person waits for: a page, or what a form of a signed-in person does. */
  person(handlePage: Handler): Handler {
    return (req, res) => {
      res.once("close", this.people.page());
      return handlePage(req, res);
    };
  }

  /** What a form does: nobody who has not signed in is served like one who has. */
  form(handlePage: Handler): Handler {
    return async (req, res) => {
      if ((await unsealSession(req.headers.cookie)) !== null) {
        return this.person(handlePage)(req, res);
      }
      const done = this.door.ask(await placeOf(req), async () => {
        if (!res.closed) await handlePage(req, res);
      });
      return done ?? this.refuse(req, res);
    };
  }

  private async refuse(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (this.refused >= mostRefused) {
      req.socket.destroy();
      return;
    }
    this.refused += 1;
    await new Promise((resolve) => setTimeout(resolve, refusalMs));
    this.refused -= 1;
    // Exactly this type: Next's client tells a server action's caller the text of no other one.
    res.writeHead(503, { "content-type": "text/plain", "retry-after": "5", connection: "close" });
    res.end(doorBusyText);
  }
}

/** Browsers that have signed in before have a line of their own; others one of their network. */
async function placeOf({ headers }: IncomingMessage): Promise<Place> {
  const device = await knownDevice(headers.cookie);
  if (device !== null) return { line: device.deviceId, known: true };
  return { line: clientNetwork(String(headers[clientAddressHeader])), known: false };
}
