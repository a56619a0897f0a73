"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { Link } from "@/components/ui/link";
import { VmStateLabel } from "@/components/vm/vm-state";
import type { VmView } from "@/lib/model/vm";
import { consoleDoor } from "../console-door";
import { fetchTicket } from "../fetch-ticket";
import { Stage } from "../stage";
import { StatusWords } from "../status-words";
import { useConsole } from "../use-console";
import { firstView, type ViewSettings } from "../viewer";

interface WallTileProps {
  vm: VmView;
  /** Of the VM's console. */
  href: string;
  /** The page's live events come in. */
  heard: boolean;
}

/** One screen of a wall. It is connected while it is in sight, and only watches. */
export function WallTile(props: WallTileProps) {
  const { vm, href } = props;
  const t = useTranslations("console.wall");
  const place = useRef<HTMLLIElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const watch = new IntersectionObserver((entries) =>
      setSeen(entries.some((each) => each.isIntersecting)),
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <li
      ref={place}
      data-testid="wall-tile"
      className="relative overflow-hidden rounded-md border border-line bg-surface focus-within:border-accent"
    >
      <div className="flex aspect-4/3 flex-col bg-[#0b0d11]">
        {seen && <TileScreen {...props} />}
      </div>
      <div className="flex items-center justify-between gap-2 px-3 py-2">
        <span className="min-w-0 truncate font-medium">{vm.name}</span>
        <VmStateLabel state={vm.state} />
      </div>
      <Link
        {...consoleDoor(href, vm)}
        aria-label={t("open", { name: vm.name })}
        className="-outline-offset-4 absolute inset-0 rounded-md"
      />
    </li>
  );
}

const settings: ViewSettings = { ...firstView, viewOnly: true };

function TileScreen({ vm, href, heard }: WallTileProps) {
  const target = useRef<HTMLDivElement>(null);
  const lastFrame = useRef<HTMLCanvasElement>(null);
  const [hasFrame, setHasFrame] = useState(false);
  const openTicket = useCallback(
    (signal: AbortSignal) => fetchTicket(`${href}/ticket?viewOnly=1`, signal),
    [href],
  );
  const { state, retryNow } = useConsole({
    guest: vm,
    removed: false,
    portalHeard: heard,
    openTicket,
    begunAs: null,
    settings,
    target,
    lastFrame,
    onConnected: () => setHasFrame(true),
  });
  const live = state.phase === "connected";
  return (
    <Stage
      name={vm.name}
      live={live}
      typing={false}
      fit
      hasFrame={hasFrame}
      target={target}
      lastFrame={lastFrame}
      onFocus={() => undefined}
      onBlur={() => undefined}
    >
      {!live && (
        <div className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-surface px-3 py-1 text-13">
          <StatusWords state={state} vmState={vm.state} viewOnly hint={null} onRetry={retryNow} />
        </div>
      )}
    </Stage>
  );
}
