import type RFB from "@novnc/novnc";
import { createLinkMeter } from "./link-meter";
import type { PictureChoice } from "./picture";
import { firstJudgement, type Judgement, judge, levelFor } from "./picture-level";

/** What is known of a console's connection. */
export type LinkView = Pick<Judgement, "bytesPerSecond" | "roundTripMs">;

export interface MeasuredPicture {
  choose(choice: PictureChoice): void;
  link(): LinkView;
  /** Sends something that the guest's screen answers without anything having changed. */
  probe(): void;
  end(): void;
}

type Levels = Pick<RFB, "compressionLevel" | "qualityLevel">;

/**
 * Measures the connection of a screen and asks for a picture that it carries. An empty message is
 * one to the portal, which answers with another; noVNC passes over it.
 */
export function measurePicture(rfb: Levels, socket: WebSocket): MeasuredPicture {
  const ended = new AbortController();
  const meter = createLinkMeter();
  let judged = firstJudgement;
  let choice: PictureChoice = "automatic";
  let asking: ReturnType<typeof setTimeout> | undefined;
  let level = levelFor(choice, judged);
  rfb.compressionLevel = level.compression;
  rfb.qualityLevel = level.quality;

  function apply(): void {
    const next = levelFor(choice, judged);
    if (next.compression === level.compression && next.quality === level.quality) return;
    level = next;
    rfb.qualityLevel = level.quality;
    rfb.compressionLevel = level.compression;
  }

  function ask(): void {
    if (socket.readyState !== socket.OPEN) return;
    meter.asked(performance.now());
    socket.send(new ArrayBuffer(0));
  }

  function onMessage({ data }: MessageEvent<ArrayBuffer>): void {
    const nowMs = performance.now();
    if (data.byteLength > 0) {
      const inMs = meter.received(data.byteLength, nowMs);
      if (inMs !== null) asking = setTimeout(ask, inMs);
      return;
    }
    const sample = meter.answered(nowMs);
    if (sample === null) return;
    judged = judge(judged, sample);
    apply();
  }

  socket.addEventListener("message", onMessage, { signal: ended.signal });
  return {
    choose(chosen) {
      choice = chosen;
      apply();
    },
    link: () => judged,
    probe() {
      // The only message of noVNC's public API that QEMU answers for itself.
      const { compression } = level;
      const other = compression < 9 ? compression + 1 : compression - 1;
      rfb.compressionLevel = rfb.compressionLevel === compression ? other : compression;
    },
    end() {
      clearTimeout(asking);
      ended.abort();
    },
  };
}
