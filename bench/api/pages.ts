import { setTimeout as sleep } from "node:timers/promises";
import { type Figure, figureOf } from "../figure";
import { median } from "../libvirt/measure";
import { ask } from "./client";
import type { Stage } from "./stage";

/** How much longer a page may take while others are at work. */
export const LIMIT = 1.5;

/** What somebody looks at, page or answer of the API, and as whom. */
export interface Look {
  name: string;
  path: string;
  headers: Record<string, string>;
  /** How often in a turn. */
  times: number;
}

/** The pages that people look at most, and the two that everybody can. */
export function pagesOf({ inventory }: Stage): Look[] {
  const { slug, vmId, member, admin } = inventory;
  const page = (name: string, path: string, cookie: string): Look => ({
    name,
    path,
    headers: cookie === "" ? {} : { cookie },
    times: 2,
  });
  return [
    page("home", `/p/${slug}`, member.cookie),
    page("list of VMs", `/p/${slug}/vms`, member.cookie),
    page("VM", `/p/${slug}/vms/${vmId}`, member.cookie),
    page("hosts of the administration", "/admin/hosts", admin.cookie),
    page("sign-in page", "/sign-in", ""),
  ];
}

/** One reader of the API, who asks now and then. */
export function readsOf({ inventory }: Stage): Look[] {
  const headers = { authorization: `Bearer ${inventory.tokens[0]}` };
  const read = (name: string, path: string): Look => ({ name, path, headers, times: 20 });
  return [
    read("API, 50 VMs", "/api/v1/vms"),
    read("API, 200 VMs", "/api/v1/vms?limit=200"),
    read("API, one VM", `/api/v1/vms/${inventory.vmId}`),
  ];
}

/** Milliseconds until the last byte has come, as often as it is looked at. */
export async function timesOf(port: number, { path, headers, times }: Look): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    const reply = await ask(port, path, { headers });
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
    found.push(reply.ms);
    // So that not all of them fall into the same moment of what others do.
    await sleep(10 * Math.random());
  }
  return found;
}

/**
 * The time of each look while something else goes on, against its time while nothing does: medians
 * of turns, so that a noisy minute hits both.
 */
export async function compared(
  stage: Stage,
  looks: Look[],
  load: { name: string; begin(): Promise<void>; end(): Promise<void> },
  turns: number,
): Promise<Figure[]> {
  const times = new Map(
    looks.map((look) => [look, { idle: [] as number[], busy: [] as number[] }]),
  );
  const round = async (which: "idle" | "busy") => {
    for (const [look, each] of times) each[which].push(...(await timesOf(stage.port, look)));
  };
  await round("idle");
  for (const each of times.values()) each.idle.length = 0;
  for (let turn = 0; turn < turns; turn++) {
    await round("idle");
    await load.begin();
    await sleep(500);
    await round("busy");
    await load.end();
    await sleep(500);
  }
  return [...times].map(([{ name }, { idle, busy }]) =>
    figureOf(
      {
        figure: `${name}, ${load.name}`,
        ours: median(busy),
        peer: median(idle),
        peerName: "idle",
        unit: "ms",
      },
      { atMost: LIMIT },
    ),
  );
}
