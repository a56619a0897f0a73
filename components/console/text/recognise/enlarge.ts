/** Recognition is made for print: letters of a screen are too small for it. */
const scale = 2;
/** Beyond this a picture stays as it is. */
const mostPixels = 16 * 1024 * 1024;

/** A picture as recognition likes it: twice as large, grey, dark letters on light ground. */
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
  let sum = 0;
  for (let at = 0; at < dots.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = dots.subarray(at, at + 3);
    const grey = (red * 77 + green * 150 + blue * 29) >> 8;
    dots[at] = grey;
    sum += grey;
  }
  const dark = sum / (width * height) < 128;
  for (let at = 0; at < dots.length; at += 4) {
    const grey = dots[at] ?? 0;
    dots.fill(dark ? 255 - grey : grey, at, at + 3);
  }
  context.putImageData(picture, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
