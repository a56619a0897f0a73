import { createHash } from "node:crypto";
import { once } from "@/lib/runtime/once";

/** A picture of a screen, with a name that is the same as long as it is. */
export interface Picture {
  png: Buffer;
  /** A quoted ETag. */
  etag: string;
}

/** Milliseconds for which a picture is new enough for whoever else looks. */
const freshMs = 4_000;
/** Pictures that are kept, and captures of different screens at once: others wait for these. */
export const pictureLimits = { kept: 32, captures: 4 } as const;

interface Kept {
  picture: Promise<Picture>;
  /** Endless while it is being made. */
  until: number;
}

/** The last pictures of screens: one capture of a screen at a time, however many people look. */
export class Pictures {
  private readonly last = new Map<string, Kept>();
  private readonly waiting: (() => void)[] = [];
  private captures = 0;

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** The picture under `key`, by `capture` unless there is one that is new or being made. */
  take(key: string, capture: () => Promise<Buffer>): Promise<Picture> {
    this.forget();
    const known = this.last.get(key);
    if (known !== undefined) return known.picture;
    const picture = this.inTurn(capture).then((png) => ({ png, etag: etagOf(png) }));
    const entry: Kept = { picture, until: Number.POSITIVE_INFINITY };
    this.last.set(key, entry);
    picture.then(
      () => {
        entry.until = this.nowMs() + freshMs;
      },
      () => this.last.delete(key),
    );
    return picture;
  }

  private async inTurn(capture: () => Promise<Buffer>): Promise<Buffer> {
    if (this.captures >= pictureLimits.captures) {
      // Whoever ends hands its place on.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.captures += 1;
    }
    try {
      return await capture();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.captures -= 1;
      else next();
    }
  }

  /** Drops what is old, and of what is ready the oldest beyond the limit. */
  private forget(): void {
    let surplus = this.last.size - pictureLimits.kept + 1;
    for (const [key, { until }] of this.last) {
      if (until === Number.POSITIVE_INFINITY || (until > this.nowMs() && surplus <= 0)) continue;
      this.last.delete(key);
      surplus -= 1;
    }
  }
}

/** Those of this process, whichever copy of this module asks. */
export function pictures(): Pictures {
  return once("screen-pictures", () => new Pictures());
}

function etagOf(png: Buffer): string {
  return `"${createHash("sha256").update(png).digest("base64url").slice(0, 22)}"`;
}
