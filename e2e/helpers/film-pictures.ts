import type { Browser } from "@playwright/test";

interface FilmCheck {
  /** A page of a secure origin; what is on it does not matter. */
  origin: string;
  film: Buffer;
  type: "image/gif" | "video/webm";
  /** As data URLs. */
  first: string;
  last: string;
}

/**
 * How far a film's first and last picture are from what they should be, by the browser's own
 * decoders: the mean of a colour's part, 0 to 255.
 */
export async function filmDiffers(browser: Browser, check: FilmCheck): Promise<[number, number]> {
  // Pages of the portal show no videos but its own.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(check.origin);
  const { film, ...rest } = check;
  const found = await page.evaluate(
    async ({ film, type, first, last }) => {
      const bytes = Uint8Array.from(atob(film), (each) => each.charCodeAt(0));
      type Pixels = { width: number; height: number; data: Uint8ClampedArray };
      const draw = (from: CanvasImageSource, width: number, height: number): Pixels => {
        const context = new OffscreenCanvas(width, height).getContext("2d");
        context?.drawImage(from, 0, 0);
        const { data } = context?.getImageData(0, 0, width, height) ?? {};
        return { width, height, data: data ?? new Uint8ClampedArray() };
      };
      const picture = async (url: string) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        return draw(bitmap, bitmap.width, bitmap.height);
      };
      const ofGif = async (): Promise<Pixels[]> => {
        const decoder = new ImageDecoder({ data: bytes, type });
        await Promise.all([decoder.completed, decoder.tracks.ready]);
        const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
        const pictures = [];
        for (const frameIndex of [0, count - 1]) {
          const { image } = await decoder.decode({ frameIndex });
          pictures.push(draw(image, image.displayWidth, image.displayHeight));
        }
        return pictures;
      };
      const ofVideo = async (): Promise<Pixels[]> => {
        const video = document.createElement("video");
        video.muted = true;
        video.src = URL.createObjectURL(new Blob([bytes], { type }));
        const told = (name: string) =>
          new Promise<void>((resolve, reject) => {
            video.addEventListener(name, () => resolve(), { once: true });
            video.addEventListener("error", () => reject(new Error(video.error?.message)));
          });
        await told("loadeddata");
        const pictures = [];
        // What has been gone to is there; at the beginning nothing is drawn yet.
        for (const seconds of [0.001, video.duration]) {
          const there = told("seeked");
          video.currentTime = seconds;
          await there;
          pictures.push(draw(video, video.videoWidth, video.videoHeight));
        }
        return pictures;
      };
      const shown = await (type === "image/gif" ? ofGif() : ofVideo());
      const wanted = [await picture(first), await picture(last)];
      return wanted.map(({ width, height, data }, at) => {
        const film = shown[at];
        if (film === undefined || film.width !== width || film.height !== height) {
          throw new Error(`${film?.width} × ${film?.height}, not ${width} × ${height}`);
        }
        let sum = 0;
        for (let place = 0; place < data.length; place += 1) {
          sum += Math.abs((data[place] ?? 0) - (film.data[place] ?? 0));
        }
        return sum / (width * height * 3);
      });
    },
    { ...rest, film: film.toString("base64") },
  );
  await context.close();
  const [first = Number.NaN, last = Number.NaN] = found;
  return [first, last];
}
