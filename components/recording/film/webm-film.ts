import { ArrayBufferTarget, Muxer } from "webm-muxer";
import type { Film } from "./film";
import type { ScreenPainter } from "./screen-painter";
import { type WebmSettings, webmSettings } from "./webm-settings";

/** Pictures between two from which a player can go on. */
const keyEvery = 50;
/** Pictures that may wait for the encoder. */
const mostWaiting = 4;
/** Of 63: small letters stay sharp, and what stands still costs next to nothing. */
const quantizer = 20;

/** A video of the browser's own encoder. Make it by `startWebmFilm`. */
class WebmFilm implements Film {
  bytes = 0;
  private readonly target = new ArrayBufferTarget();
  private readonly encoder: VideoEncoder;
  private readonly muxer: Muxer<ArrayBufferTarget>;
  private broken: Error | null = null;
  private pictures = 0;
  private last: ScreenPainter | null = null;

  constructor(
    private readonly settings: WebmSettings,
    size: { width: number; height: number },
  ) {
    const { codec } = settings;
    this.muxer = new Muxer({
      target: this.target,
      video: { codec: codec === "vp8" ? "V_VP8" : "V_VP9", ...size },
    });
    this.encoder = new VideoEncoder({
      output: (chunk, meta) => {
        this.bytes += chunk.byteLength;
        this.muxer.addVideoChunk(chunk, meta);
      },
      error: (error) => {
        this.broken = error;
      },
    });
    this.encoder.configure(settings);
  }

  async add(screen: ScreenPainter, atMs: number): Promise<void> {
    const { encoder } = this;
    while (encoder.encodeQueueSize > mostWaiting && this.broken === null) {
      await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
    }
    if (this.broken !== null) throw this.broken;
    const picture = new VideoFrame(screen.pixels.buffer, {
      format: "RGBX",
      codedWidth: screen.width,
      codedHeight: screen.height,
      timestamp: atMs * 1_000,
    });
    const keyFrame = this.pictures % keyEvery === 0;
    encoder.encode(picture, {
      keyFrame,
      ...(this.settings.bitrateMode === "quantizer" && { vp9: { quantizer } }),
    });
    picture.close();
    this.pictures += 1;
    this.last = screen;
  }

  async finish(lengthMs: number): Promise<Blob> {
    // A video ends with its last picture: the one that stands there comes once more.
    if (this.last !== null) await this.add(this.last, lengthMs);
    await this.encoder.flush();
    if (this.broken !== null) throw this.broken;
    this.encoder.close();
    this.muxer.finalize();
    return new Blob([this.target.buffer], { type: "video/webm" });
  }
}

/** A film for pictures of this size, both even. Rejects where the browser makes none. */
export async function startWebmFilm(size: { width: number; height: number }): Promise<Film> {
  const settings = await webmSettings(size);
  if (settings === null) throw new Error("this browser encodes no VP9 and no VP8");
  return new WebmFilm(settings, size);
}
