import { withBase } from "@/lib/base-path";
import type { LiveEvent } from "@/lib/model/live-event";
import { awaitsWatch } from "./awaited-watches";
import { applyEvents, emptyLiveState, type LiveState } from "./live-state";
import { whileVisible } from "./while-visible";

export type LiveStatus = "connecting" | "open" | "reconnecting";

/** Events that arrive together (a thousand VMs after a resync) cost one render in so long. */
const BATCH_MS = 40;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

export interface LiveStore {
  state(): LiveState;
  status(): LiveStatus;
  subscribe(listener: () => void): () => void;
  /** Puts in what an action has just returned, before the stream says the same. */
  put(event: LiveEvent): void;
  /** The portal answers something else: a stream that waits for its next try does not wait on. */
  portalAnswers(): void;
  /** Opens the stream while the page is in sight; returns the function that closes it. */
  connect(url: string): () => void;
}

export function createLiveStore(): LiveStore {
  let state = emptyLiveState;
  let status: LiveStatus = "connecting";
  let waiting: LiveEvent[] = [];
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  let tryNow: () => void = () => undefined;
  const listeners = new Set<() => void>();

  function tell() {
    for (const listener of listeners) listener();
  }

  function setStatus(next: LiveStatus) {
    if (status === next) return;
    status = next;
    tell();
  }

  function flush() {
    state = applyEvents(state, waiting);
    waiting = [];
    flushedAtMs = performance.now();
    tell();
  }

  function put(event: LiveEvent) {
    if (waiting.length === 0) {
      // What comes after a silence is shown at once.
      const silent = performance.now() - flushedAtMs >= BATCH_MS;
      setTimeout(flush, silent ? 0 : BATCH_MS);
    }
    waiting.push(event);
  }

  return {
    state: () => state,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    put,
    portalAnswers() {
      if (status === "reconnecting") tryNow();
    },
    connect: (url) =>
      whileVisible(() => {
        const stream = openStream(url, put, setStatus);
        tryNow = stream.tryNow;
        return () => {
          tryNow = () => undefined;
          stream.close();
        };
      }, awaitsWatch),
  };
}

/**
 * EventSource reconnects after a cut by itself, but gives up after an HTTP error (a portal
 * that is starting, a proxy's 502); then a new one is made, later and later.
 */
function openStream(
  url: string,
  onEvent: (event: LiveEvent) => void,
  onStatus: (status: LiveStatus) => void,
): { close(): void; tryNow(): void } {
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let source: EventSource;

  function open() {
    source = new EventSource(withBase(url));
    source.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      onStatus("open");
    };
    source.onmessage = ({ data }) => onEvent(JSON.parse(data) as LiveEvent);
    source.onerror = () => {
      onStatus("reconnecting");
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retryMs * (0.75 + Math.random() / 2));
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    };
  }

  function close() {
    if (timer) clearTimeout(timer);
    source.close();
  }

  open();
  return {
    close,
    tryNow() {
      close();
      open();
    },
  };
}
