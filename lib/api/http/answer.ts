import type { ServerResponse } from "node:http";
import { inertHeaders } from "@/lib/auth/security-headers";

/** What is sent; `body` is JSON text, or undefined for none. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** Sends an answer with the headers of its request and those that every answer of the API has. */
export function send(
  res: ServerResponse,
  { status, headers, body }: Answer,
  request: { headers: Record<string, string>; https: boolean },
): void {
  // As a list Node takes headers as they are, which spares it a fifth of its work for an answer.
  const list = always[request.https ? "https" : "http"].slice();
  if (!("Cache-Control" in headers)) list.push("Cache-Control", "no-store");
  if (body !== undefined) list.push("Content-Length", String(Buffer.byteLength(body)));
  for (const name in headers) list.push(name, headers[name] ?? "");
  for (const name in request.headers) {
    if (!(name in headers)) list.push(name, request.headers[name] ?? "");
  }
  res.writeHead(status, list);
  res.end(body);
}

const always = {
  http: Object.entries(inertHeaders(false)).flat(),
  https: Object.entries(inertHeaders(true)).flat(),
};

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  if (value === undefined) return { status, headers, body: undefined };
  const type = { "Content-Type": "application/json" };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(value) };
}
