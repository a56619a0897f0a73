import { createHash } from "node:crypto";
import type { Picture } from "@/lib/model/screen-text/picture";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { pngPicture } from "./png-picture";
import { isPng, ppmPicture } from "./ppm-to-png";

/** A screen of 2560 × 1600 as a PPM. */
const mostBytes = 12 * 1024 * 1024 + 64;

/** A screen as it came from the host, with a name that is the same as long as it is. */
export interface Shot {
  digest: string;
  /** The pixels; null when they are none that are known, or too many. */
  picture(): Promise<Picture | null>;
}

/** What a running guest's first screen shows now, at its own size. Throws as `readScreen` does. */
export async function readPicture(host: Host, uuid: string): Promise<Shot> {
  const dom = await domainRefOf(host, uuid);
  const bytes = await linkOf(host).screenshot({ dom, screen: 0, flags: 0 }, mostBytes);
  return {
    digest: createHash("sha256").update(bytes).digest("base64url"),
    picture: async () => (isPng(bytes) ? pngPicture(bytes) : ppmPicture(bytes)),
  };
}
