import { beforeEach, expect, it, vi } from "vitest";

const assign = vi.fn();
const answers = { ok: { ok: true, status: 200 }, ended: { ok: false, status: 401 } };

/** The module of a page that was just loaded. */
async function page(answer: () => Promise<unknown> = async () => answers.ok) {
  vi.resetModules();
  vi.stubGlobal("window", { location: { assign } });
  const fetch = vi.fn(answer);
  vi.stubGlobal("fetch", fetch);
  return { ...(await import("./leave")), fetch };
}

beforeEach(() => {
  assign.mockClear();
});

it("button, stream and refused action make one navigation", async () => {
  let answered = (_: unknown) => {};
  const { leave, signOut, fetch } = await page(
    () =>
      new Promise((resolve) => {
        answered = resolve;
      }),
  );
  const leaving = signOut();
  // The stream says that the session has ended before the answer to the button has come.
  leave();
  expect(assign).not.toHaveBeenCalled();
  answered(answers.ok);
  expect(await leaving).toBe(true);
  leave();
  expect(assign.mock.calls).toEqual([["/sign-in"]]);
  expect(fetch.mock.calls).toEqual([["/sign-out", { method: "POST" }]]);
});

it("goes elsewhere where it is told to, and also when the session had ended before", async () => {
  const { signOut } = await page(async () => answers.ended);
  const go = vi.fn();
  expect(await signOut(go)).toBe(true);
  expect(go).toHaveBeenCalledOnce();
  expect(assign).not.toHaveBeenCalled();
});

it.each<[string, () => Promise<unknown>]>([
  ["out of reach", () => Promise.reject(new TypeError("fetch failed"))],
  ["broken", async () => ({ ok: false, status: 500 })],
])("stays where the portal is %s, and a later end still leads away", async (_what, answer) => {
  const { leave, signOut } = await page(answer);
  expect(await signOut()).toBe(false);
  expect(assign).not.toHaveBeenCalled();
  leave();
  expect(assign).toHaveBeenCalledOnce();
});
