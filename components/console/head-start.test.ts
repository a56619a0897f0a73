import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SessionPage } from "./console-session";

const started: { page: SessionPage; dispose: ReturnType<typeof vi.fn> }[] = [];
const grant = { ticket: "t", path: "/console", consoleId: "c", viewOnly: false, recorded: false };
const asked: string[] = [];
let recorded = false;

vi.mock("./console-session", () => ({
  startSession: (page: SessionPage) => {
    const session = { page, dispose: vi.fn() };
    started.push(session);
    return session;
  },
}));
vi.mock("./fetch-ticket", () => ({
  fetchTicket: async (href: string) => {
    asked.push(href);
    return { ok: true, value: { ...grant, recorded } };
  },
}));

const { beginConsole, takeBegun } = await import("./head-start");
const { prepareTicket, forgetPointer } = await import("./prepared-ticket");
const href = "/p/a/vms/v/console";
const guest = { state: "running", bootId: "b1" } as const;
const signal = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", { pathname: "/p/a/vms" });
  vi.stubGlobal("window", globalThis);
  started.length = 0;
  asked.length = 0;
  recorded = false;
});
afterEach(() => {
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("gives what was begun to the page of that console alone, and once", () => {
  beginConsole(href, guest);
  expect(takeBegun("/p/a/vms/other/console")).toBeNull();
  expect(takeBegun(null)).toBeNull();
  expect(takeBegun(href)).toBe(started[0]);
  expect(takeBegun(href)).toBeNull();
  vi.advanceTimersByTime(60_000);
  expect(started[0]?.dispose).not.toHaveBeenCalled();
});

it("ends what no page comes for, and what another click takes the place of", () => {
  beginConsole(href, guest);
  beginConsole("/p/a/vms/other/console", guest);
  expect(started[0]?.dispose).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(10_000);
  expect(started[1]?.dispose).toHaveBeenCalledOnce();
  expect(takeBegun("/p/a/vms/other/console")).toBeNull();
});

it("begins nothing for a guest without a screen, nor on the console's own page", () => {
  beginConsole(href, { state: "off", bootId: null });
  vi.stubGlobal("location", { pathname: href });
  beginConsole(href, guest);
  expect(started).toHaveLength(0);
});

it("connects a screen that is recorded only when the page is there, which says so", async () => {
  recorded = true;
  beginConsole(href, guest);
  let given = false;
  const ticket = started[0]?.page.openTicket(signal).then((answer) => {
    given = true;
    return answer;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(given).toBe(false);
  takeBegun(href);
  await expect(ticket).resolves.toMatchObject({ ok: true, value: { recorded: true } });
});

it("takes the ticket that was asked for when the pointer came to rest, once", async () => {
  prepareTicket(href, guest);
  await vi.advanceTimersByTimeAsync(100);
  prepareTicket(href, guest);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([`${href}/ticket?ahead=1`]);
  beginConsole(href, guest);
  await started[0]?.page.openTicket(signal);
  expect(asked).toHaveLength(1);
  await started[0]?.page.openTicket(signal);
  expect(asked).toEqual([`${href}/ticket?ahead=1`, `${href}/ticket`]);
});

it.each([
  ["a pointer that only passed by", () => forgetPointer()],
  ["a ticket that has become old", () => vi.advanceTimersByTime(21_000)],
  ["a guest that was started anew", () => undefined],
])("asks anew after %s", async (what, happen) => {
  prepareTicket(href, guest);
  if (!what.includes("passed by")) await vi.advanceTimersByTimeAsync(100);
  happen();
  await vi.advanceTimersByTimeAsync(100);
  beginConsole(href, what.includes("anew") ? { ...guest, bootId: "b2" } : guest);
  await started[0]?.page.openTicket(signal);
  expect(asked.at(-1)).toBe(`${href}/ticket`);
});
