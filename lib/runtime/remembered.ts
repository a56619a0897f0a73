export interface RememberedOptions<V> {
  /** Names the state that answers depend on; another name means that something has changed. */
  version(): string | Promise<string>;
  /** Whether a kept answer holds in what the version does not tell; all do unless said. */
  holds?(value: V): boolean;
  /** How much of the memory an answer takes, in units of `most`; each is one unless said. */
  size?(value: V): number;
  /** When more is kept than this, all of it is let go. */
  most: number;
}

/**
 * Keeps answers as long as what they depend on has not changed: each is as good as one that is
 * looked up now. "Nothing found" is not kept, so that nobody can fill the memory with guesses.
 */
export class Remembered<V> {
  private readonly kept = new Map<string, V>();
  private version: string | null = null;
  private size = 0;

  constructor(private readonly options: RememberedOptions<V>) {}

  /**
   * The answer for a key: the kept one, at once where the version is known, or else what `look`
   * finds. Rejects with what `look` rejects with.
   */
  ask<R extends V | undefined>(key: string, look: () => Promise<R>): V | Promise<V | R> {
    const version = this.options.version();
    // Waiting costs something, even for what is there.
    if (typeof version !== "string") return version.then((named) => this.under(named, key, look));
    return this.under(version, key, look);
  }

  private under<R extends V | undefined>(
    version: string,
    key: string,
    look: () => Promise<R>,
  ): V | Promise<V | R> {
    if (version !== this.version) this.forget(version);
    const known = this.kept.get(key);
    if (known !== undefined && this.options.holds?.(known) !== false) return known;
    return this.find(version, key, look);
  }

  private async find<R extends V | undefined>(
    version: string,
    key: string,
    look: () => Promise<R>,
  ): Promise<R> {
    const found = await look();
    // What was found under another version is not older, but nobody knows how long it holds.
    if (found !== undefined && version === this.version) this.keep(key, found);
    return found;
  }

  private forget(version: string | null): void {
    this.kept.clear();
    this.size = 0;
    this.version = version;
  }

  private keep(key: string, value: V): void {
    this.drop(key);
    const size = this.sizeOf(value);
    if (this.size + size > this.options.most) this.forget(this.version);
    this.size += size;
    this.kept.set(key, value);
  }

  private drop(key: string): void {
    const before = this.kept.get(key);
    if (before === undefined) return;
    this.size -= this.sizeOf(before);
    this.kept.delete(key);
  }

  private sizeOf(value: V): number {
    return this.options.size?.(value) ?? 1;
  }
}
