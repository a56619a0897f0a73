import type { Browser } from "@playwright/test";

interface FilmCheck {
  /** A page of a secure origin; what is on it does not matter. */
  origin: string;
  film: Buffer;
  type: "image/gif" | "video/webm";
  /** As data URLs. */
  first: string;
  last: string;
  /** How far a picture may be from what it should be; a video's may be late with its last one. */
  most: number;
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
    async ({ film, type, first, last, most }) => {
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
      const distance = (film: Pixels, { width, height, data }: Pixels): number => {
        if (film.width !== width || film.height !== height) {
          throw new Error(`${film.width} × ${film.height}, not ${width} × ${height}`);
        }
        const sum = data.reduce((so, part, at) => so + Math.abs(part - (film.data[at] ?? 0)), 0);
        return sum / (width * height * 3);
      };
      const wanted = { first: await picture(first), last: await picture(last) };
      const ofGif = async (): Promise<[number, number]> => {
        const decoder = new ImageDecoder({ data: bytes, type });
        await Promise.all([decoder.completed, decoder.tracks.ready]);
        const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
        const differs = async (frameIndex: number, from: Pixels) => {
          const { image } = await decoder.decode({ frameIndex });
          return distance(draw(image, image.displayWidth, image.displayHeight), from);
        };
        return [await differs(0, wanted.first), await differs(count - 1, wanted.last)];
      };
      const ofVideo = async (): Promise<[number, number]> => {
        const video = document.createElement("video");
        video.muted = true;
        video.src = URL.createObjectURL(new Blob([bytes], { type }));
        const told = (name: string) =>
          new Promise<void>((resolve, reject) => {
            video.addEventListener(name, () => resolve(), { once: true });
            video.addEventListener("error", () => reject(new Error(video.error?.message)));
          });
        await told("loadeddata");
        // What has been gone to is there, or soon; at the beginning nothing is drawn yet.
        const differs = async (seconds: number, from: Pixels) => {
          const there = told("seeked");
          video.currentTime = seconds;
          await there;
          const now = () => distance(draw(video, video.videoWidth, video.videoHeight), from);
          for (let looks = 0; looks < 50 && now() > most; looks += 1) {
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          return now();
        };
        return [await differs(0.001, wanted.first), await differs(video.duration, wanted.last)];
      };
      return type === "image/gif" ? ofGif() : ofVideo();
    },
    { ...rest, film: film.toString("base64") },
  );
  await context.close();
  return found;
}
