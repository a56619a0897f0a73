import { type Answer, answerOfCode, answerOfStatus } from "./answer";
import type { Knocker } from "./roles";
import type { Cell } from "./row";

/** Fills the dynamic parts of an address. */
export function fill(path: string, parts: Record<string, string>): string {
  return path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => parts[name] ?? "x");
}

export function headersOf(who: Knocker, origin: string): Record<string, string> {
  return { origin, ...(who.cookie === "" ? {} : { cookie: who.cookie }) };
}

/** Calls a server action as the browser does, and reads its ActionResult out of the answer. */
export async function callAction(cell: Cell, name: string, ...args: unknown[]): Promise<Answer> {
  const { origin, who, action: find } = cell;
  await cell.atDoor();
  const action = find(name);
  const response = await fetch(`${origin}${fill(action.page, { project: "one" })}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...headersOf(who, origin),
      "next-action": action.id,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
    },
    body: JSON.stringify(args),
  });
  const text = await response.text();
  if (response.status === 303) return "let in";
  if (response.status !== 200) return answerOfStatus(response.status, text.slice(0, 200));
  // A long text of the result comes before it, without a line's end.
  const row = text.match(/1:(\{"ok":.*)$/m)?.[1] ?? text.match(/^1:(.*)$/m)?.[1];
  if (row === undefined) return `broken: no result in ${text.slice(0, 200)}`;
  if (row.startsWith("E")) return `broken: thrown ${row}`;
  if (row === '"$undefined"' || row === "null") return "let in";
  const result = JSON.parse(row) as { ok?: boolean; error?: { code: string; fields: object } };
  if (result.ok !== false) return "let in";
  return answerOfCode(result.error?.code ?? "", JSON.stringify(result.error));
}

/** Opens a page; pages turn strangers to the sign-in page and say "not found" in their body. */
export async function openPage(
  { origin, who, atDoor }: Cell,
  path: string,
): Promise<{ answer: Answer; body: string }> {
  await atDoor();
  const response = await fetch(`${origin}${path}`, {
    redirect: "manual",
    headers: who.cookie === "" ? {} : { cookie: who.cookie },
  });
  const body = await response.text();
  return { answer: answerOfPage(response, body), body };
}

function answerOfPage(response: Response, body: string): Answer {
  const target =
    response.headers.get("location") ?? body.match(/NEXT_REDIRECT;\w+;([^;"]+);/)?.[1] ?? "";
  if (target.includes("/sign-in")) return "sign in";
  if (response.status >= 300 && response.status < 400) return "let in";
  // Once a page has begun to stream, its status stays 200; the error's digest tells.
  if (response.status === 404 || body.includes("NEXT_HTTP_ERROR_FALLBACK;404")) return "not found";
  return answerOfStatus(response.status, body.slice(0, 200));
}

/** Any other request; only its status is read, so that a stream may go on for ever. */
export async function knock(cell: Cell, path: string, init: RequestInit = {}): Promise<Answer> {
  const { origin, who } = cell;
  await cell.atDoor();
  const abort = new AbortController();
  const response = await fetch(`${origin}${path}`, {
    redirect: "manual",
    ...init,
    signal: abort.signal,
    headers: { ...headersOf(who, origin), ...(init.headers as Record<string, string>) },
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  const text = isStream ? "" : await response.text();
  abort.abort();
  return answerOfStatus(response.status, text.slice(0, 300));
}
