"use client";

import { Maximize, Minimize, Scaling } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import { RecordedSign } from "@/components/recording/recorded-sign";
import { useReaderZone } from "@/components/ui/use-reader-zone";
import type { SharedScreenNow } from "@/lib/model/console-share";
import { BarButton } from "./bar-button";
import type { EndedReason } from "./connection-state";
import { fetchTicket } from "./fetch-ticket";
import { LinkEnded } from "./link-ended";
import { Stage } from "./stage";
import { StatePanel } from "./state-panel";
import { StatusWords } from "./status-words";
import { useTouch } from "./touch/use-touch";
import { useConsole } from "./use-console";
import { useFullScreen } from "./use-full-screen";
import { useSharedScreen } from "./use-shared-screen";
import { firstView, type ViewSettings } from "./viewer";
import { Watermark } from "./watermark";

/** A guest's screen for somebody who came by a link: to look at, and nothing else. */
export function SharedScreen({ first }: { first: SharedScreenNow }) {
  const { screen, heard } = useSharedScreen(first);
  return screen === null ? <LinkEnded /> : <Watching screen={screen} heard={heard} />;
}

/** Reasons that do not mean the end of the link. */
const passing: readonly EndedReason[] = ["limits", "unsupported"];

const firstSettings: ViewSettings = { ...firstView, viewOnly: true };

interface WatchingProps {
  screen: SharedScreenNow;
  /** The portal answers. */
  heard: boolean;
}

function Watching({ screen, heard }: WatchingProps) {
  const { shareId, vmName, sharedByName, visitorName } = screen;
  const t = useTranslations("console");
  const format = useFormatter();
  const timeZone = useReaderZone();
  const root = useRef<HTMLElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const lastFrame = useRef<HTMLCanvasElement>(null);
  const [settings, setSettings] = useState(firstSettings);
  const [hasFrame, setHasFrame] = useState(false);
  const openTicket = useCallback(
    (signal: AbortSignal) => fetchTicket(`/share/${shareId}/ticket`, signal),
    [shareId],
  );
  const { state, retryNow } = useConsole({
    guest: screen,
    removed: false,
    portalHeard: heard,
    openTicket,
    begunAs: null,
    settings,
    target,
    lastFrame,
    onConnected: () => setHasFrame(true),
  });
  useTouch(target, { zoomable: settings.fit, touchpad: false });
  const fullScreen = useFullScreen(root);
  const live = state.phase === "connected";
  const until = format.dateTime(new Date(screen.expiresAt), {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });

  const by = t("share.watching_of", { name: sharedByName, until });

  if (state.phase === "ended" && !passing.includes(state.reason)) return <LinkEnded />;
  return (
    <main ref={root} className="fixed inset-0 flex flex-col bg-canvas" data-testid="shared-screen">
      <div className="@container flex flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-1">
        <h1 className="min-w-0 truncate font-semibold text-sm">{vmName}</h1>
        <div className="flex min-h-8 min-w-0 grow items-center gap-2">
          <StatusWords state={state} vmState={screen.state} viewOnly hint={by} onRetry={retryNow} />
        </div>
        <BarButton
          label={t(settings.fit ? "bar.actual" : "bar.fit")}
          onClick={() => setSettings((now) => ({ ...now, fit: !now.fit }))}
        >
          <Scaling aria-hidden="true" />
        </BarButton>
        <BarButton
          label={t(fullScreen.active ? "bar.leaveFullScreen" : "bar.fullScreen")}
          onClick={() => void fullScreen.toggle().catch(() => undefined)}
        >
          {fullScreen.active ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
        </BarButton>
        <p className="@5xl:hidden basis-full pb-1 text-muted text-xs">{by}</p>
      </div>
      <RecordedSign now={screen.recorded} wanted={screen.recordsScreens} />
      <Stage
        name={vmName}
        live={live}
        typing={false}
        fit={settings.fit}
        hasFrame={hasFrame}
        target={target}
        lastFrame={lastFrame}
        onFocus={() => undefined}
        onBlur={() => undefined}
      >
        <Watermark text={`${visitorName} · ${vmName}`} />
        <StatePanel
          state={state}
          onStart={null}
          starting={false}
          onRetry={retryNow}
          blank={!hasFrame}
        />
      </Stage>
    </main>
  );
}
