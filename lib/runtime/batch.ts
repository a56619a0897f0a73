/**
 * Answers many questions by one look. While a look runs, questions gather for the next one, so
 * that every answer was looked up after it was asked for and never before.
 */
export class Batch<V> {
  private running = false;
  private waiting = new Map<string, Waiting<V>>();

  /** `look` gets all keys asked for; a key that its map lacks is answered by `undefined`. */
  constructor(private readonly look: (keys: string[]) => Promise<ReadonlyMap<string, V>>) {}

  ask(key: string): Promise<V | undefined> {
    const known = this.waiting.get(key);
    if (known) return known.promise;
    const asked = waiting<V>();
    this.waiting.set(key, asked);
    if (!this.running) void this.run();
    return asked.promise;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.size > 0) {
      const asked = this.waiting;
      this.waiting = new Map();
      try {
        const found = await this.look([...asked.keys()]);
        for (const [key, { resolve }] of asked) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of asked.values()) reject(error);
      }
    }
    this.running = false;
  }
}

interface Waiting<V> {
  promise: Promise<V | undefined>;
  resolve(value: V | undefined): void;
  reject(error: unknown): void;
}

function waiting<V>(): Waiting<V> {
  const handles: Partial<Waiting<V>> = {};
  const promise = new Promise<V | undefined>((resolve, reject) => {
    Object.assign(handles, { resolve, reject });
  });
  return { resolve: () => undefined, reject: () => undefined, ...handles, promise };
}
