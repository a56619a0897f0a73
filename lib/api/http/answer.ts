import type { ServerResponse } from "node:http";

/** What is sent; `body` is JSON text, or undefined for none. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

const always = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Sends an answer with the headers that every answer of the API has. */
export function send(res: ServerResponse, answer: Answer, https: boolean): void {
  const { status, headers, body } = answer;
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  const strict = https ? { "Strict-Transport-Security": "max-age=31536000" } : {};
  res.writeHead(status, { ...always, ...strict, ...length, ...headers });
  res.end(body);
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  if (value === undefined) return { status, headers, body: undefined };
  const type = { "Content-Type": "application/json" };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(value) };
}
