import { darkOnLight } from "./dark-on-light";

/** Recognition is made for print: letters of a screen are too small for it. */
const scale = 2;
/** Beyond this a picture stays as it is. */
const mostPixels = 16 * 1024 * 1024;

/** A picture as recognition likes it: twice as large, and dark letters on white. */
export async function enlarge(png: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(png);
  const times = bitmap.width * bitmap.height * scale ** 2 > mostPixels ? 1 : scale;
  const [width, height] = [bitmap.width * times, bitmap.height * times];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const picture = context.getImageData(0, 0, width, height);
  const dots = picture.data;
  const grey = new Uint8Array(width * height);
  for (let at = 0, dot = 0; dot < grey.length; at += 4, dot += 1) {
    const [red, green, blue] = [dots[at] ?? 0, dots[at + 1] ?? 0, dots[at + 2] ?? 0];
    grey[dot] = (red * 77 + green * 150 + blue * 29) >> 8;
  }
  darkOnLight(grey, width, height);
  for (let at = 0, dot = 0; dot < grey.length; at += 4, dot += 1) {
    const value = grey[dot] ?? 0;
    dots[at] = value;
    dots[at + 1] = value;
    dots[at + 2] = value;
  }
  context.putImageData(picture, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
