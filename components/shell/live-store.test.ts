import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveEvent } from "@/lib/model/live-event";
import type { VmView } from "@/lib/model/vm";
import { createLiveStore } from "./live-store";

/** Stands for the browser's own; a test says what the network does. */
class FakeEventSource {
  static readonly CLOSED = 2;
  static made: FakeEventSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  constructor(readonly url: string) {
    FakeEventSource.made.push(this);
  }
  close() {
    this.readyState = FakeEventSource.CLOSED;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  /** A cut connection: the browser tries again by itself. */
  drops() {
    this.readyState = 0;
    this.onerror?.();
  }
  /** An HTTP error: the browser gives up. */
  isRefused() {
    this.readyState = FakeEventSource.CLOSED;
    this.onerror?.();
  }
  sends(event: LiveEvent) {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
}

/** The page, which people put away and take up again. */
class FakeDocument extends EventTarget {
  visibilityState = "visible";
  turns(state: "visible" | "hidden") {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: FakeDocument;
const last = () => FakeEventSource.made.at(-1) as FakeEventSource;
const vm = (id: string): LiveEvent => ({ type: "vm", vm: { id } as VmView });

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.made = [];
  vi.stubGlobal("EventSource", FakeEventSource);
  page = new FakeDocument();
  vi.stubGlobal("document", page);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the live store", () => {
  it("tells its listeners once for events that arrive together", () => {
    const store = createLiveStore();
    const told = vi.fn();
    store.connect("/api/events?project=p");
    last().opens();
    store.subscribe(told);
    for (let index = 0; index < 1000; index += 1) last().sends(vm(`vm${index}`));
    vi.advanceTimersByTime(1_000);
    expect(store.state().vms.size).toBe(1000);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("leaves a cut connection to the browser, and says that it is cut", () => {
    const store = createLiveStore();
    store.connect("/api/events");
    last().opens();
    expect(store.status()).toBe("open");
    last().drops();
    expect(store.status()).toBe("reconnecting");
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.made).toHaveLength(1);
    last().opens();
    expect(store.status()).toBe("open");
  });

  it("does not wait for the browser's next try once the portal answers something else", () => {
    const store = createLiveStore();
    store.portalAnswers();
    const close = store.connect("/api/events");
    last().opens();
    store.portalAnswers();
    expect(FakeEventSource.made).toHaveLength(1);
    last().drops();
    store.portalAnswers();
    expect(FakeEventSource.made).toHaveLength(2);
    expect(FakeEventSource.made[0]?.readyState).toBe(FakeEventSource.CLOSED);
    last().isRefused();
    store.portalAnswers();
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.made).toHaveLength(3);
    close();
    store.portalAnswers();
    expect(FakeEventSource.made).toHaveLength(3);
  });

  it("gives up its connection when the page is put away, and takes a new one when it is back", () => {
    const store = createLiveStore();
    const close = store.connect("/api/events");
    last().opens();
    page.turns("hidden");
    page.turns("visible");
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.made).toHaveLength(1);
    expect(last().readyState).not.toBe(FakeEventSource.CLOSED);
    page.turns("hidden");
    vi.advanceTimersByTime(60_000);
    expect(last().readyState).toBe(FakeEventSource.CLOSED);
    page.turns("visible");
    expect(FakeEventSource.made).toHaveLength(2);
    close();
    page.turns("hidden");
    page.turns("visible");
    expect(FakeEventSource.made).toHaveLength(2);
    expect(last().readyState).toBe(FakeEventSource.CLOSED);
  });

  it("opens nothing for a page that was opened out of sight", () => {
    page.visibilityState = "hidden";
    createLiveStore().connect("/api/events");
    expect(FakeEventSource.made).toHaveLength(0);
    page.turns("visible");
    expect(FakeEventSource.made).toHaveLength(1);
  });

  it("makes a new connection when the browser gave up, less and less often", () => {
    const store = createLiveStore();
    store.connect("/api/events");
    const attemptsIn = (durationMs: number) => {
      const before = FakeEventSource.made.length;
      for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
        if (last().readyState === 0) last().isRefused();
        vi.advanceTimersByTime(100);
      }
      return FakeEventSource.made.length - before;
    };
    const early = attemptsIn(10_000);
    const later = attemptsIn(60_000);
    expect(early).toBeGreaterThanOrEqual(3);
    // At the longest 15 s apart, give or take a quarter.
    expect(later).toBeGreaterThanOrEqual(3);
    expect(later).toBeLessThanOrEqual(6);
    last().opens();
    expect(store.status()).toBe("open");
  });

  it("stops for good when it is closed", () => {
    const store = createLiveStore();
    const close = store.connect("/api/events");
    last().isRefused();
    close();
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.made).toHaveLength(1);
  });
});
