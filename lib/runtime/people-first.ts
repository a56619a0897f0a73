/** How long programs' requests may keep the event loop in each of its turns, in milliseconds. */
const sliceMs = 2;
/** As many of the cheapest as that is time for. */
const mostAtOnce = 16;
/** While somebody waits for a page, programs get one part of the time and leave it the rest. */
const partsForPages = 9;
const longestRestMs = 100;
/** A page that is not sent by then is held up by its reader or a host: it holds up nobody. */
const longestPageMs = 5_000;
/** More than this many waiting are refused: memory is not a queue. */
const mostWaiting = 2_000;

/**
 * Shares one event loop between people, who look at pages, and programs, of which hundreds may
 * ask at once. Programs' requests are done in the order of their coming, a few in each turn of the
 * loop. While somebody waits for a page, such turns are rare; they never stop.
 */
export class PeopleFirst {
  private readonly pages = new Set<object>();
  private readonly waiting: (() => void)[] = [];
  private readonly onQuiet = new Set<() => void>();
  private running = false;
  /** How many are started in a turn, by what those of the last one cost. */
  private atOnce = mostAtOnce;

  /** Says that somebody waits for a page; call what it returns when it has been sent. */
  page(): () => void {
    const page = {};
    this.pages.add(page);
    const sent = () => {
      clearTimeout(late);
      this.pages.delete(page);
      if (this.pages.size === 0) for (const tell of this.onQuiet) tell();
    };
    const late = setTimeout(sent, longestPageMs);
    late.unref();
    return sent;
  }

  /** Resolves as soon as nobody waits for a page, but after `mostMs` in any case. */
  quiet(mostMs: number): Promise<void> {
    if (this.pages.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const tell = () => {
        clearTimeout(late);
        this.onQuiet.delete(tell);
        resolve();
      };
      const late = setTimeout(tell, mostMs);
      this.onQuiet.add(tell);
    });
  }

  /** Does a program's request in its turn; null when too many wait already. */
  program<T>(work: () => Promise<T>): Promise<T> | null {
    if (this.waiting.length >= mostWaiting) return null;
    return new Promise<T>((resolve, reject) => {
      this.waiting.push(() => void work().then(resolve, reject));
      if (this.running) return;
      this.running = true;
      this.run();
    });
  }

  /** Starts some, and comes again when they are done or wait for something else. */
  private readonly run = (): void => {
    const started = performance.now();
    const starts = this.waiting.splice(0, this.atOnce);
    for (const start of starts) start();
    // By then everything has been done that needs nothing but this process.
    setImmediate(() => {
      const usedMs = performance.now() - started;
      const inSlice = Math.floor((starts.length * sliceMs) / usedMs);
      this.atOnce = Math.min(Math.max(inSlice, 1), mostAtOnce);
      this.running = this.waiting.length > 0;
      if (!this.running) return;
      if (this.pages.size === 0) this.run();
      else setTimeout(this.run, Math.min(partsForPages * usedMs, longestRestMs));
    });
  };
}
