import { withBase } from "@/lib/base-path";

/** Between two questions while the portal is away. */
const againMs = 1_000;

/** Resolves to true as soon as the portal answers, however long it is away; to false by the signal. */
export async function awaitPortal(signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await answers(signal)) return !signal.aborted;
    await pause(againMs, signal);
  }
  return false;
}

function answers(signal: AbortSignal): Promise<boolean> {
  return fetch(withBase("/api/healthz"), { cache: "no-store", signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Leaves nothing at the signal: a portal may be away for a night. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
