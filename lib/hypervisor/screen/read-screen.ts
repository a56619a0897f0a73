import { AppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { isPng, ppmToPng } from "./ppm-to-png";

/** A screen of 2560 × 1600 as a PPM. */
const mostBytes = 12 * 1024 * 1024;
const mostPngBytes = 2 * 1024 * 1024;

/**
 * What a running guest's first screen shows now, as a PNG of 2 MiB at most. Throws `vm.bad_state`
 * or `host.refused` when it is off, `host.unsupported` when it has no screen or one that is too
 * large, and what else the host throws.
 */
export async function readScreen(host: Host, uuid: string): Promise<Buffer> {
  const dom = await domainRefOf(host, uuid);
  const bytes = await linkOf(host).screenshot({ dom, screen: 0, flags: 0 }, mostBytes);
  const png = isPng(bytes) ? bytes : ppmToPng(bytes);
  if (png !== null && png.length <= mostPngBytes) return png;
  const reason = "the picture of the screen is too large, or of an unknown kind";
  throw new AppError({ code: "host.unsupported", message: reason, details: { reason } });
}
