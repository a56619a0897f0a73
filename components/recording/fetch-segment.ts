import { withBase } from "@/lib/base-path";
import type { LoadSegment } from "./replay";

/** Segments that stay at hand: scrubbing goes to and fro. */
const keptSegments = 6;

/** Fetches segments from the portal and unpacks them. */
export function segmentsFrom(href: string): LoadSegment {
  const kept = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  return (position) => {
    const known = kept.get(position);
    if (known !== undefined) return known;
    const coming = fetchSegment(`${href}/${position}`);
    kept.set(position, coming);
    coming.catch(() => kept.delete(position));
    const oldest = kept.keys().next().value;
    if (kept.size > keptSegments && oldest !== undefined) kept.delete(oldest);
    return coming;
  };
}

async function fetchSegment(href: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(withBase(href));
  if (!response.ok || response.body === null) throw new Error(`segment: ${response.status}`);
  const unpacked = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
