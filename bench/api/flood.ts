import { request } from "node:http";

/** What the process is told to do; it answers when it has begun, or has stopped. */
export interface FloodOrder {
  /** How many try at once; none stops the flood. */
  people: number;
  port: number;
  origin: string;
  /** Id of the sign-in's server action. */
  action: string;
  /** Another address of the loopback for every attempt, or the same one for all. */
  addresses: "many" | "one";
}

export interface FloodAnswer {
  /** Attempts that were answered since the last order. */
  attempts: number;
}

let round = 0;
let attempts = 0;
let serial = 0;

/** Another address each time: no address has used up what it may. */
function addressOf({ addresses }: FloodOrder): string {
  if (addresses === "one") return "127.9.9.9";
  return `127.${1 + ((serial >> 14) & 63)}.${(serial >> 7) & 127}.${1 + (serial & 127)}`;
}

function attempt(order: FloodOrder): Promise<void> {
  serial += 1;
  const body = JSON.stringify([
    { email: `nobody${serial}@example.org`, password: `guess ${serial}`, callbackUrl: null },
  ]);
  return new Promise((resolve) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: order.port,
        localAddress: addressOf(order),
        method: "POST",
        path: "/sign-in",
        agent: false,
        headers: {
          origin: order.origin,
          "next-action": order.action,
          accept: "text/x-component",
          "content-type": "text/plain;charset=UTF-8",
          "content-length": Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume();
        answer.on("close", resolve);
      },
    );
    sent.on("error", () => resolve());
    sent.end(body);
  });
}

async function goOn(order: FloodOrder, own: number): Promise<void> {
  while (own === round) {
    await attempt(order);
    attempts += 1;
  }
}

process.on("message", (order: FloodOrder) => {
  round += 1;
  for (let person = 0; person < order.people; person++) void goOn(order, round);
  process.send?.({ attempts } satisfies FloodAnswer);
  attempts = 0;
});
