import { eventually } from "../helpers/eventually";
import { type Answer, answerOfCode, answerOfStatus } from "./answer";
import type { Knocker } from "./roles";
import type { Cell } from "./row";
import { everythingOf } from "./things";

/** Fills the dynamic parts of an address. */
export function fill(path: string, parts: Record<string, string>): string {
  return path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => parts[name] ?? "x");
}

export function headersOf(who: Knocker, origin: string): Record<string, string> {
  return { origin, ...(who.cookie === "" ? {} : { cookie: who.cookie }) };
}

/** What was let in before may still be at work: rows that move by that prove nothing. */
async function quiet(db: Cell["db"]): Promise<void> {
  await eventually("all tasks' end", async () => {
    const where = { hostId: "local", state: { in: ["queued", "running", "unknown"] } };
    if ((await db.task.count({ where })) > 0) throw new Error("tasks still run");
  });
}

/** The portal's own sweeps may move a row just then; a call that moves one does it every time. */
const looks = 3;

/** Asks, and looks whether whoever was not let in has moved anything. */
async function watched(cell: Cell, ask: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer = "let in";
  for (let look = 0; look < looks; look += 1) {
    await quiet(cell.db);
    const before = await everythingOf(cell.db);
    answer = await ask();
    if (answer === "let in" || answer.startsWith("broken")) return answer;
    if (before === (await everythingOf(cell.db))) return answer;
  }
  return `broken: ${answer}, but it moved`;
}

/** Calls a server action as the browser does, and reads its ActionResult out of the answer. */
export function callAction(cell: Cell, name: string, ...args: unknown[]): Promise<Answer> {
  return watched(cell, () => sendAction(cell, name, args));
}

async function sendAction(
  { origin, who, action: find }: Cell,
  name: string,
  args: unknown[],
): Promise<Answer> {
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
  { origin, who }: Cell,
  path: string,
): Promise<{ answer: Answer; body: string }> {
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
export function knock(cell: Cell, path: string, init: RequestInit = {}): Promise<Answer> {
  return watched(cell, () => send(cell, path, init));
}

async function send({ origin, who }: Cell, path: string, init: RequestInit): Promise<Answer> {
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
