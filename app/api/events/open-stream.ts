import { onSessionEnded } from "@/lib/auth/session-events";
import { env } from "@/lib/env";
import { AppError } from "@/lib/model/errors";
import type { LiveEvent } from "@/lib/model/live-event";
import { once } from "@/lib/runtime/once";
import type { Context } from "@/lib/services/context";
import { type LiveInput, subscribe } from "@/lib/services/live/subscribe";

const streamsPerUser = 12;
/** Events that a reader may lag behind; then it is cut and begins with a fresh snapshot. */
const maxLag = 500;
/** After a cut the browser comes back so soon, not after its own three seconds or more. */
const retryMs = 500;

function openStreams(): Map<string, number> {
  return once("events.open", () => new Map<string, number>());
}

/**
 * A response that goes on until the client leaves, the session ends or the reader stalls. Throws
 * `rate.limited` above the cap of streams per user, and what `subscribe` throws.
 */
export function openStream(ctx: Context, input: LiveInput, signal: AbortSignal): Response {
  const { userId, sessionId } = ctx.actor;
  const counts = openStreams();
  if ((counts.get(userId) ?? 0) >= streamsPerUser) {
    throw new AppError({
      code: "rate.limited",
      message: `${userId} has ${streamsPerUser} event streams`,
      userMessage: { key: "live.too_many", values: { limit: streamsPerUser } },
    });
  }
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => {
        if ((controller.desiredSize ?? 0) < -maxLag) end();
        else controller.enqueue(encoder.encode(text));
      };
      const send = (event: LiveEvent): void => {
        write(`data: ${JSON.stringify(event)}\n\n`);
        if (event.type === "signed_out" || event.type === "access_ended") end();
      };
      write(`retry: ${retryMs}\n\n`);
      const unsubscribe = subscribe(ctx, input, send);
      counts.set(userId, (counts.get(userId) ?? 0) + 1);
      const offSession = onSessionEnded((ended) => {
        if (ended === sessionId) send({ type: "signed_out" });
      });
      const ping = setInterval(() => write(": ping\n\n"), env().PORTICO_PING_SECONDS * 1_000);
      ping.unref();
      let ended = false;
      end = () => {
        if (ended) return;
        ended = true;
        clearInterval(ping);
        offSession();
        unsubscribe();
        const left = (counts.get(userId) ?? 1) - 1;
        if (left > 0) counts.set(userId, left);
        else counts.delete(userId);
        signal.removeEventListener("abort", end);
        try {
          controller.close();
        } catch {
          // The reader has left already: there is nothing to close.
        }
      };
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) end();
    },
    cancel() {
      end();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: a compressor would hold events back to fill its window.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
