"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { useFillHeight } from "@/components/console/use-fill-height";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { ReasonButton } from "@/components/ui/reason-button";
import type { RecordingDetail } from "@/lib/model/recording";
import { ExportDialog } from "./film/export-dialog";
import { PlayerControls } from "./player-controls";
import { TimelineBar } from "./timeline-bar";
import type { NoteExportAction } from "./types";
import { useReplay } from "./use-replay";

const arrowMs = 5_000;

interface RecordingPlayerProps {
  recording: RecordingDetail;
  /** Where its segments are, by their number. */
  segmentsHref: string;
  listHref: string;
  noteExport: NoteExportAction;
}

/** A recording on a screen of its own, with a time line and what one needs to find something. */
export function RecordingPlayer(props: RecordingPlayerProps) {
  const { recording, segmentsHref, listHref, noteExport } = props;
  const t = useTranslations("recording.player");
  const player = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const [exporting, setExporting] = useState(false);
  const { replay, state, broken } = useReplay(recording, segmentsHref, target);
  // Picture and controls belong into one view.
  useFillHeight(player, "below");
  const { segments, lengthMs, people, vmName } = recording;
  const failed = broken || state.failed || segments.length === 0;

  function jump(direction: 1 | -1) {
    const toMs = replay?.changeBeside(direction);
    if (toMs !== null && toMs !== undefined) void replay?.seek(toMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    const { target: at } = event;
    // What has keys of its own keeps them.
    if (replay === null || (at instanceof HTMLElement && at.closest("button, input, select, a"))) {
      return;
    }
    const keys: Record<string, () => void> = {
      " ": () => (state.playing ? replay.pause() : replay.play()),
      ArrowLeft: () => void replay.seek(state.atMs - arrowMs),
      ArrowRight: () => void replay.seek(state.atMs + arrowMs),
      ArrowUp: () => jump(-1),
      ArrowDown: () => jump(1),
    };
    const act = keys[event.key];
    if (act === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  }

  return (
    <div className="flex flex-col gap-4 p-4 max-sm:gap-3 max-sm:pb-2 md:p-6">
      <PageHeader
        title={t("of", { name: vmName })}
        description={
          <>
            <LocalTime at={recording.startedAt} /> · {people.join(", ")}
          </>
        }
        actions={
          <>
            <ReasonButton
              size="sm"
              disabledReason={replay === null ? t("loading") : null}
              onClick={() => {
                replay?.pause();
                setExporting(true);
              }}
            >
              {t("export")}
            </ReasonButton>
            <LinkButton size="sm" href={listHref}>
              {t("toList")}
            </LinkButton>
          </>
        }
      />
      {failed && <Callout tone="bad">{t("failed")}</Callout>}
      {/* biome-ignore lint/a11y/useSemanticElements: no element is a player of this kind */}
      <div
        ref={player}
        role="group"
        aria-label={t("title")}
        aria-describedby="replay-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the player's keys
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="flex min-h-80 flex-col gap-3 rounded-lg border border-line bg-surface p-3 max-sm:gap-2 max-sm:p-2"
      >
        <div
          ref={target}
          data-testid="replay-screen"
          data-replay={replay === null ? "loading" : state.playing ? "playing" : "paused"}
          className="min-h-0 w-full flex-1 overflow-hidden bg-[#0b0d11]"
        />
        <TimelineBar
          segments={segments}
          lengthMs={lengthMs}
          atMs={state.atMs}
          onSeek={(atMs) => void replay?.seek(atMs)}
        />
        <PlayerControls replay={replay} state={state} lengthMs={lengthMs} onJump={jump} />
        <p id="replay-keys" className="text-muted text-xs max-sm:hidden">
          {t("keys")}
        </p>
      </div>
      {exporting && (
        <ExportDialog
          recording={recording}
          segmentsHref={segmentsHref}
          atMs={state.atMs}
          note={noteExport}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}
