import { once } from "@/lib/runtime/once";

/** Upgrade requests that may be under way at once, before they are accepted or refused. */
export const attemptLimits = { perAddress: 32, total: 256 } as const;

/** Counts what is half open, so that a flood of beginnings costs nobody else their console. */
export class Attempts {
  private readonly byAddress = new Map<string, number>();
  private total = 0;

  /** The function that ends the attempt, or null when there are too many. */
  begin(address: string): (() => void) | null {
    const mine = this.byAddress.get(address) ?? 0;
    if (mine >= attemptLimits.perAddress || this.total >= attemptLimits.total) return null;
    this.byAddress.set(address, mine + 1);
    this.total += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.total -= 1;
      const left = (this.byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.byAddress.delete(address);
      else this.byAddress.set(address, left);
    };
  }
}

export function consoleAttempts(): Attempts {
  return once("console-attempts", () => new Attempts());
}
