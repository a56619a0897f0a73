import { sweepEvery } from "@/lib/runtime/sweep-every";
import { type OrderDeps, serveBoots } from "./serve-boots";

/** A delay is so much longer than asked for at most. */
const everyMs = 3_000;

/** Looks for boots now and every three seconds, until the returned function is called. */
export function startOrderSweep(deps: Omit<OrderDeps, "clock">): () => void {
  return sweepEvery(
    everyMs,
    () => serveBoots({ ...deps, clock: () => new Date() }),
    (error) => deps.log.error({ err: error }, "following start orders failed"),
  );
}
