import type { ServerResponse } from "node:http";
import { inertHeaders } from "@/lib/auth/security-headers";

/** What is sent; `body` is JSON text, or undefined for none. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** Sends an answer with the headers that every answer of the API has. */
export function send(res: ServerResponse, answer: Answer, https: boolean): void {
  const { status, headers, body } = answer;
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  res.writeHead(status, { ...always[https ? "https" : "http"], ...length, ...headers });
  res.end(body);
}

const noStore = { "Cache-Control": "no-store" };
const always = {
  http: { ...noStore, ...inertHeaders(false) },
  https: { ...noStore, ...inertHeaders(true) },
};

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  if (value === undefined) return { status, headers, body: undefined };
  const type = { "Content-Type": "application/json" };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(value) };
}
