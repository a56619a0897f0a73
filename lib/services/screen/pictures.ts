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

/** The last pictures of screens: one capture of a screen at a time, however many people look. */
export class Pictures {
  private readonly last = new Map<string, { picture: Promise<Picture>; until: number }>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** The picture under `key`, by `capture` unless there is one that is new or being made. */
  take(key: string, capture: () => Promise<Buffer>): Promise<Picture> {
    this.forget();
    const known = this.last.get(key);
    if (known !== undefined) return known.picture;
    const picture = capture().then((png) => ({ png, etag: etagOf(png) }));
    const entry = { picture, until: Number.POSITIVE_INFINITY };
    this.last.set(key, entry);
    picture.then(
      () => {
        entry.until = this.nowMs() + freshMs;
      },
      () => this.last.delete(key),
    );
    return picture;
  }

  private forget(): void {
    for (const [key, { until }] of this.last) if (until <= this.nowMs()) this.last.delete(key);
  }
}

/** Those of this process, whichever copy of this module asks. */
export function pictures(): Pictures {
  return once("screen-pictures", () => new Pictures());
}

function etagOf(png: Buffer): string {
  return `"${createHash("sha256").update(png).digest("base64url").slice(0, 22)}"`;
}
