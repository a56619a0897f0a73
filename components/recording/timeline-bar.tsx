"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RecordedSegment } from "@/lib/model/recording";
import { formatLength } from "./format-length";
import { densityOf } from "./timeline";

const pieces = 160;

interface TimelineBarProps {
  segments: readonly RecordedSegment[];
  lengthMs: number;
  atMs: number;
  onSeek: (atMs: number) => void;
}

/** Where one is in a recording, above where how much of the screen has changed. */
export function TimelineBar({ segments, lengthMs, atMs, onSeek }: TimelineBarProps) {
  const t = useTranslations("recording.player");
  const density = useMemo(() => densityOf(segments, lengthMs, pieces), [segments, lengthMs]);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${pieces} 20`}
        preserveAspectRatio="none"
        className="h-6 w-full text-accent-text"
      >
        {density.map((value, piece) =>
          value === 0 ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
              key={piece}
              x={piece}
              y={20 - Math.max(2, value * 20)}
              width="0.8"
              height={Math.max(2, value * 20)}
              fill="currentColor"
            />
          ),
        )}
      </svg>
      <input
        type="range"
        min={0}
        max={Math.max(1, lengthMs)}
        step={100}
        value={Math.round(atMs)}
        aria-label={t("position")}
        aria-valuetext={t("positionOf", {
          at: formatLength(atMs),
          length: formatLength(lengthMs),
        })}
        onChange={(event) => onSeek(Number(event.target.value))}
        className="h-5 w-full accent-accent"
      />
    </div>
  );
}
