/** After each the process is left to others for a while, in milliseconds. */
const restMs = 40;
/** The same while others wait at the door: there is a throng, or somebody who makes one. */
const throngRestMs = 120;
/** Who takes longer waits for his own network or a host: he holds up nobody. */
const turnMs = 250;
/** How many of one line wait at most, and of all lines. */
const mostOfOne = 10;
const mostWaiting = 200;

/** Where somebody stands: a line of his own kind, before or behind those of strangers. */
export interface Place {
  line: string;
  known: boolean;
}

/**
 * Lets in what strangers may ask for, one after the other with a rest in between, so that however
 * many there are, they take a small part of the process. The lines take turns, so that a long one
 * does not hold up a short one; lines of those who are known come first.
 */
export class DoorQueue {
  private readonly known = new Lines();
  private readonly strangers = new Lines();
  private running = false;

  /** `before` is waited for before each: who else is to come first. */
  constructor(private readonly before: () => Promise<void> = async () => undefined) {}

  /** Does the work in its turn; null when too many wait already, of this line or of all. */
  ask({ line, known }: Place, work: () => Promise<void>): Promise<void> | null {
    const lines = known ? this.known : this.strangers;
    return lines.hasRoom(line)
      ? new Promise<void>((resolve, reject) => {
          lines.add(line, () => work().then(resolve, reject));
          if (!this.running) void this.run();
        })
      : null;
  }

  private async run(): Promise<void> {
    this.running = true;
    for (;;) {
      await this.before();
      const start = this.known.next() ?? this.strangers.next();
      if (start === null) break;
      await atMost(turnMs, start());
      await atMost(this.known.isEmpty && this.strangers.isEmpty ? restMs : throngRestMs, null);
    }
    this.running = false;
  }
}

type Start = () => Promise<void>;

class Lines {
  private readonly lines = new Map<string, Start[]>();
  private waiting = 0;

  get isEmpty(): boolean {
    return this.waiting === 0;
  }

  hasRoom(line: string): boolean {
    return this.waiting < mostWaiting && (this.lines.get(line)?.length ?? 0) < mostOfOne;
  }

  add(line: string, start: Start): void {
    this.waiting += 1;
    this.lines.set(line, [...(this.lines.get(line) ?? []), start]);
  }

  /** The first of the line whose turn it is, which then is the last of the lines. */
  next(): Start | null {
    const [entry] = this.lines;
    if (entry === undefined) return null;
    const [line, [start = null, ...others]] = entry;
    this.lines.delete(line);
    if (others.length > 0) this.lines.set(line, others);
    this.waiting -= 1;
    return start;
  }
}

async function atMost(ms: number, done: Promise<unknown> | null): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race(done === null ? [late] : [late, done]);
  clearTimeout(timer);
}
