"use client";

import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { formatLength } from "./format-length";
import { type Replay, type ReplayState, type Speed, speeds } from "./replay";

interface PlayerControlsProps {
  replay: Replay | null;
  state: ReplayState;
  lengthMs: number;
  onJump: (direction: 1 | -1) => void;
}

export function PlayerControls({ replay, state, lengthMs, onJump }: PlayerControlsProps) {
  const t = useTranslations("recording.player");
  const { playing, speed, skips, atMs } = state;
  const notYet = replay === null ? t("loading") : null;
  const noChange = (direction: 1 | -1, text: string) =>
    notYet ?? (replay?.changeBeside(direction) === null ? text : null);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <ReasonButton
        size="icon"
        variant="ghost"
        aria-label={t("previous")}
        disabledReason={noChange(-1, t("noPrevious"))}
        onClick={() => onJump(-1)}
      >
        <SkipBack aria-hidden="true" />
      </ReasonButton>
      <ReasonButton
        variant="primary"
        size="icon"
        aria-label={t(playing ? "pause" : "play")}
        disabledReason={notYet}
        onClick={() => (playing ? replay?.pause() : replay?.play())}
      >
        {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </ReasonButton>
      <ReasonButton
        size="icon"
        variant="ghost"
        aria-label={t("next")}
        disabledReason={noChange(1, t("noNext"))}
        onClick={() => onJump(1)}
      >
        <SkipForward aria-hidden="true" />
      </ReasonButton>
      <span className="text-13 tabular-nums" data-testid="replay-time">
        {formatLength(atMs)} / {formatLength(lengthMs)}
      </span>
      <Select
        className="w-24"
        aria-label={t("speed")}
        value={speed}
        disabled={replay === null}
        onChange={(event) => replay?.setSpeed(Number(event.target.value) as Speed)}
      >
        {speeds.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </Select>
      <Checkbox
        label={t("skips")}
        checked={skips}
        disabled={replay === null}
        onChange={(event) => replay?.setSkips(event.target.checked)}
      />
    </div>
  );
}
