import { readScreenText } from "@/lib/model/screen-text/read-screen-text";
import type { ReadText } from "./read-text";

/** The alpha of a canvas' pixels, which a screen does not have. */
const colourMask = 0x00ffffff;

self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  const answer = await read(data).catch((): ReadText => ({ ok: false }));
  self.postMessage(answer);
};

async function read(png: Blob): Promise<ReadText> {
  const bitmap = await createImageBitmap(png);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return { ok: false };
  context.drawImage(bitmap, 0, 0);
  const colours = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  for (let at = 0; at < colours.length; at += 1) colours[at] = (colours[at] ?? 0) & colourMask;
  return { ok: true, text: readScreenText({ width, height, colours }) };
}
