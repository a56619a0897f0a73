import { authSecret } from "@/lib/auth/secret";
import { env, portalAddress } from "@/lib/env";
import { sweepEvery } from "@/lib/runtime/sweep-every";
import { listOf } from "@/lib/webhook/address-rules";
import { deliverHooks } from "./deliver-hooks";
import { runWatches } from "./run-watches";
import { Screens } from "./screens";
import type { WatchDeps } from "./watch-deps";

/** A cursor's blinking is faster; a panic or a question waits longer. */
const lookMs = 2_000;
const deliverMs = 1_000;

/**
 * Looks at what is watched, and makes the calls that are due, until the returned function is
 * called. A slow receiver holds no look up.
 */
export function startWatchSweep(deps: Pick<WatchDeps, "db" | "hosts" | "log">): () => void {
  const { PORTICO_WEBHOOK_NETWORKS } = env();
  const screens = new Screens();
  const all: WatchDeps = {
    ...deps,
    clock: () => new Date(),
    hookNetworks: listOf(PORTICO_WEBHOOK_NETWORKS),
    secret: authSecret(),
    origin: portalAddress() ?? null,
  };
  const failed = (what: string) => (error: unknown) => deps.log.error({ err: error }, what);
  const stops = [
    sweepEvery(lookMs, () => runWatches(all, screens), failed("looking at watched VMs failed")),
    sweepEvery(deliverMs, () => deliverHooks(all), failed("calling webhooks failed")),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
