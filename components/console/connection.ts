import { consoleProtocol } from "@/lib/model/console-protocols";
import type {
  ConnectionDeps,
  ConsoleAttachment,
  ConsoleConnection,
  ConsoleGrant,
  ConsoleSocket,
  ConsoleState,
  GuestNow,
  LostReason,
} from "./connection-state";
import { retryDelayMs, timing } from "./timing";
import { hasScreen, type Verdict, verdictOfClose, verdictOfRefusal } from "./verdict";

/**
 * The life of one console: asks a ticket, opens the socket, hands it to the viewer, and
 * comes back by itself after a network loss, a restart of the portal or of the guest. Knows
 * neither React nor the DOM. A ticket is good for one try, so every try asks for its own.
 *
 * Nothing is tried while the page is hidden; nothing is tried after `ended` unless a person
 * asks. Every callback belongs to one try and is ignored once that try is over.
 */
export function createConnection<S extends ConsoleSocket>(
  deps: ConnectionDeps<S>,
  initial: { guest: GuestNow; visible: boolean },
): ConsoleConnection {
  const { clock } = deps;
  const listeners = new Set<() => void>();
  let state: ConsoleState = { phase: "idle" };
  let guest = initial.guest;
  let visible = initial.visible;
  let started = false;
  /** Tries since the last connection that lasted; 0 when the next one is the first. */
  let failures = 0;
  let after: LostReason | null = null;
  /** The boot that the current or last try was meant for. */
  let triedBootId: string | null = null;
  let end: () => void = () => undefined;
  let cancelTimer: () => void = () => undefined;
  let probeNow: () => void = () => undefined;

  function set(next: ConsoleState): void {
    state = next;
    for (const listener of [...listeners]) listener();
  }

  /** Replaces the one pending wait. */
  function wait(delayMs: number, callback: () => void): void {
    cancelTimer();
    cancelTimer = clock.after(delayMs, callback);
  }

  function stop(): void {
    cancelTimer();
    cancelTimer = () => undefined;
    const ending = end;
    end = () => undefined;
    ending();
  }

  function begin(): void {
    stop();
    triedBootId = guest.bootId;
    const attempt = failures + 1;
    const abort = new AbortController();
    end = () => abort.abort();
    set({ phase: "asking", attempt, after });
    wait(timing.ticketMs, () => finish(lost("silent")));
    void ask(abort, attempt);
  }

  async function ask(abort: AbortController, attempt: number): Promise<void> {
    const answer = await deps.openTicket(abort.signal).catch(() => null);
    if (abort.signal.aborted) return;
    if (answer === null) finish(lost("network"), true);
    else if (!answer.ok) finish(verdictOfRefusal(answer.error, guest));
    else {
      try {
        open(answer.value, attempt);
      } catch (error) {
        deps.report(error);
        finish(lost("protocol"));
      }
    }
  }

  function open(grant: ConsoleGrant, attempt: number): void {
    stop();
    let over = false;
    let heard = 0;
    let attachment: ConsoleAttachment | null = null;
    let cancelStable: () => void = () => undefined;
    const socket = deps.openSocket(grant.path, [consoleProtocol, `ticket.${grant.ticket}`]);
    end = () => {
      over = true;
      cancelStable();
      attachment?.detach();
      socket.close();
    };
    set({ phase: "connecting", attempt, after });
    wait(timing.firstFrameMs, () => finish(lost("silent")));

    const listen = (): void => {
      const heardBefore = heard;
      wait(timing.probeEveryMs, () => (heard === heardBefore ? probe() : listen()));
    };
    const probe = (): void => {
      const heardBefore = heard;
      attachment?.probe();
      wait(timing.probeAnswerMs, () => (heard === heardBefore ? finish(lost("silent")) : listen()));
    };
    probeNow = probe;

    // Before the viewer's own listeners, so that the last frame is still there.
    socket.addEventListener("close", (event) => {
      if (!over) finish(verdictOfClose(event.code));
    });
    socket.addEventListener("message", () => {
      heard += 1;
    });
    attachment = deps.attach(socket, {
      connected: () => {
        if (over) return;
        cancelStable = clock.after(timing.stableMs, () => {
          failures = 0;
        });
        listen();
        set({ phase: "connected" });
      },
      failed: (reason) => {
        if (over) return;
        if (reason === "protocol") finish(lost("protocol"));
        else finish({ next: "ended", reason, message: null, canRetry: false });
      },
    });
    // The viewer may have failed while it was being attached.
    if (over) attachment.detach();
  }

  function lost(reason: LostReason): Verdict {
    return { next: "retry", reason, message: null, minDelayMs: 0 };
  }

  /** Ends the current try or connection and goes where the verdict says. */
  function finish(verdict: Verdict, unanswered = false): void {
    stop();
    if (verdict.next === "ended") {
      const { reason, message, canRetry } = verdict;
      set({ phase: "ended", reason, message, canRetry });
      return;
    }
    if (verdict.next === "guest_off") {
      after = "guest_restarted";
      failures = 0;
      rest();
      return;
    }
    failures += 1;
    after = verdict.reason;
    if (!hasScreen(guest)) {
      rest();
      return;
    }
    const delayMs = Math.max(verdict.minDelayMs, retryDelayMs(failures, deps.random(), unanswered));
    const { reason, message } = verdict;
    const retryAtMs = visible ? clock.nowMs() + delayMs : null;
    if (visible) wait(delayMs, begin);
    set({ phase: "lost", reason, attempt: failures, retryAtMs, message });
  }

  /** Waits for the guest to start, or goes on at once when it already has. */
  function rest(): void {
    if (hasScreen(guest) && guest.bootId !== triedBootId) {
      begin();
      return;
    }
    set({ phase: "guest_off", vmState: guest.state });
    if (!hasScreen(guest)) return;
    // The last news still says "running": either "off" is on its way, or the news is right.
    if (visible) wait(timing.recheckMs, begin);
  }

  function go(): void {
    if (guest.state === "creating") set({ phase: "idle" });
    else if (hasScreen(guest)) begin();
    else set({ phase: "guest_off", vmState: guest.state });
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (started) return;
      started = true;
      go();
    },
    guestChanged(next) {
      guest = next;
      if (!started) return;
      if (state.phase === "idle") go();
      else if (state.phase === "guest_off") {
        cancelTimer();
        rest();
      } else if (state.phase === "lost") {
        if (!hasScreen(guest)) {
          stop();
          rest();
        } else if (guest.bootId !== triedBootId && visible) begin();
      }
    },
    guestRemoved() {
      if (!started) return;
      finish({ next: "ended", reason: "gone", message: null, canRetry: false });
    },
    visibilityChanged(next) {
      visible = next;
      if (state.phase === "lost") {
        if (visible) begin();
        else {
          cancelTimer();
          set({ ...state, retryAtMs: null });
        }
      } else if (state.phase === "guest_off") {
        cancelTimer();
        if (visible) rest();
      } else if (visible && state.phase === "connected") probeNow();
    },
    networkReturned() {
      if (state.phase === "lost" && visible) begin();
      else if (state.phase === "connected") probeNow();
    },
    retryNow() {
      if (state.phase !== "lost" && state.phase !== "guest_off" && state.phase !== "ended") return;
      failures = 0;
      begin();
    },
    dispose() {
      listeners.clear();
      started = false;
      stop();
      state = { phase: "idle" };
    },
  };
}
