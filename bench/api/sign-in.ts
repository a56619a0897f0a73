import { sessionCookie } from "@/lib/auth/session-cookie";
import { type Figure, figureOf } from "../figure";
import { median } from "../libvirt/measure";
import { ask, type Reply } from "./client";
import type { Stage } from "./stage";

/** Signs in by the right password, as the form does; resolves to the answer. */
async function signIn(stage: Stage, cookie: string): Promise<Reply> {
  const reply = await ask(stage.port, "/sign-in", {
    method: "POST",
    headers: {
      origin: stage.portal.origin,
      "next-action": stage.signInAction,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      ...(cookie === "" ? {} : { cookie }),
    },
    body: JSON.stringify([{ ...stage.inventory.person, callbackUrl: null }]),
  });
  if (!cookiesOf(reply).some((each) => each.startsWith(sessionCookie().name))) {
    throw new Error(`sign-in: ${reply.status} ${reply.body.slice(-300)}`);
  }
  return reply;
}

function cookiesOf({ headers }: Reply): string[] {
  return [headers["set-cookie"] ?? []].flat();
}

/** The cookie of a browser that the person has signed in with before, without its session. */
async function deviceCookie(stage: Stage): Promise<string> {
  const set = cookiesOf(await signIn(stage, ""));
  const device = set.find((each) => each.includes("device"))?.split(";")[0];
  if (device === undefined) throw new Error(`no cookie of the device in ${set.join(", ")}`);
  return device;
}

/**
 * How long the right password takes, in a browser that the person has signed in with before, while
 * others try wrong ones, against a quiet minute. Shown without a goal: who signs in stands in the
 * same queue as the others, at its head.
 */
export async function signInUnder(
  stage: Stage,
  load: { name: string; begin(): Promise<void>; end(): Promise<void> },
  turns: number,
): Promise<Figure> {
  const cookie = await deviceCookie(stage);
  const idle: number[] = [];
  const busy: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    idle.push((await signIn(stage, cookie)).ms);
    await load.begin();
    busy.push((await signIn(stage, cookie)).ms);
    await load.end();
  }
  const facts = { ours: median(busy), peer: median(idle), peerName: "idle", unit: "ms" };
  return figureOf({ figure: `sign-in in a known browser, ${load.name}`, ...facts });
}
