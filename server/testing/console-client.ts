import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Person, World } from "./console-world";

export interface Attempt {
  person?: Person | null;
  ticket?: string | null;
  /** Null: no Origin header. Default: the portal's own. */
  origin?: string | null;
  path?: string;
  protocols?: string[];
  headers?: Record<string, string>;
}

export type Answer =
  | { status: 101; client: WebSocket; messages: Buffer[]; closed: Promise<Closed> }
  | { status: number; text: string; client?: undefined };

export interface Closed {
  code: number;
  reason: string;
}

/** Asks for a console as a browser would, or as an attacker would. */
export function tryConsole(world: World, attempt: Attempt): Promise<Answer> {
  const { person, ticket, origin = `http://${world.host}` } = attempt;
  const protocols = attempt.protocols ?? ["binary", ...(ticket ? [`ticket.${ticket}`] : [])];
  const client = new WebSocket(`ws://${world.host}${attempt.path ?? "/console"}`, protocols, {
    perMessageDeflate: false,
    ...(origin === null ? {} : { origin }),
    headers: { ...(person ? { cookie: person.cookie } : {}), ...attempt.headers },
  });
  onTestFinished(() => client.terminate());
  const messages: Buffer[] = [];
  client.on("message", (data: Buffer) => messages.push(data));
  const closed = new Promise<Closed>((resolve) => {
    client.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  return new Promise((resolve, reject) => {
    client.on("error", reject);
    client.on("open", () => resolve({ status: 101, client, messages, closed }));
    client.on("unexpected-response", (request, response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        request.destroy();
        const text = Buffer.concat(chunks).toString().trim();
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
  });
}

/** Opens a console that has to open. */
export async function openConsole(
  world: World,
  attempt: Attempt,
): Promise<Extract<Answer, { status: 101 }>> {
  const answer = await tryConsole(world, attempt);
  if (answer.client === undefined) throw new Error(`refused: ${answer.status} ${answer.text}`);
  return answer as Extract<Answer, { status: 101 }>;
}

/** The first words of an RFB client that wants the screen for itself alone. */
export const rfbHello = Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from([1, 0])]);
