"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import { escapeChordLabel } from "@/components/console/escape-chord";
import { Notice } from "@/components/console/notice";
import { StatePanel } from "@/components/console/state-panel";
import { StatusWords } from "@/components/console/status-words";
import { useFillHeight } from "@/components/console/use-fill-height";
import { useFullScreen } from "@/components/console/use-full-screen";
import { useKeyboardRelease } from "@/components/console/use-keyboard-release";
import { PowerMenu } from "@/components/vm/power-menu";
import type { PowerAction } from "@/components/vm/types";
import { usePower } from "@/components/vm/use-power";
import type { VmView } from "@/lib/model/vm";
import { canDo, type PowerVerb } from "@/lib/model/vm-state";
import { SerialBar } from "./serial-bar";
import { useSerial } from "./use-serial";

interface SerialScreenProps {
  vm: VmView;
  /** The VM was deleted while the page was open. */
  removed: boolean;
  /** The page's live events come in. */
  portalHeard: boolean;
  ticketHref: string;
  power: PowerAction;
  /** Why the person may not use power verbs; null when allowed. */
  powerForbidden: string | null;
  /** The same terminal in a tab of its own; null when this is that tab. */
  popOutHref: string | null;
}

/** A terminal on a guest's serial port. Fills what is visible below its upper edge. */
export function SerialScreen(props: SerialScreenProps) {
  const { vm, powerForbidden, popOutHref } = props;
  const t = useTranslations("console");
  const { run, busy } = usePower(props.power);
  const root = useRef<HTMLElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const [notice, setNotice] = useState<string | null>(null);

  const { state, terminal, type, retryNow, takeOver } = useSerial({
    guest: vm,
    removed: props.removed,
    portalHeard: props.portalHeard,
    ticketHref: props.ticketHref,
    place,
    label: t("serial.terminal", { name: vm.name }),
    onFull: () => setNotice(t("serial.full")),
    onConnected() {
      if (document.activeElement === document.body) terminal.current?.focus();
    },
  });
  const fullScreen = useFullScreen(root);
  const alone = popOutHref === null;
  useFillHeight(root, fullScreen.active ? "off" : alone ? "whole" : "below");
  const leave = useCallback(() => {
    bar.current?.querySelector<HTMLElement>("[data-keyboard-home] button")?.focus();
  }, []);
  useKeyboardRelease(place, leave);

  const live = state.phase === "connected";

  async function runPower(verb: PowerVerb) {
    terminal.current?.focus();
    setNotice(await run(vm, verb));
  }

  async function paste() {
    try {
      terminal.current?.paste(await navigator.clipboard.readText());
    } catch {
      // Refused by the person or missing on plain http; both are told the same way.
      setNotice(t("serial.pasteDenied"));
    }
    terminal.current?.focus();
  }

  return (
    <section
      ref={root}
      aria-label={t("serial.title", { name: vm.name })}
      data-testid="serial"
      data-console-state={state.phase}
      className={clsx(
        "@container flex min-h-0 flex-1 flex-col overflow-hidden bg-canvas",
        alone ? "fixed inset-0 z-40" : "relative",
      )}
    >
      <div ref={bar}>
        <SerialBar
          status={
            <StatusWords
              state={state}
              vmState={vm.state}
              viewOnly={false}
              hint={live ? t("serial.hint", { chord: escapeChordLabel }) : null}
              onRetry={retryNow}
            />
          }
          power={
            // Elsewhere the VM's header, with the same menu, stands right above.
            (fullScreen.active || alone) && (
              <PowerMenu
                vm={vm}
                forbidden={powerForbidden}
                run={(_vm, verb) => void runPower(verb)}
              />
            )
          }
          live={live}
          onType={(text) => {
            type(text);
            terminal.current?.focus();
          }}
          onPaste={() => void paste()}
          onClear={() => terminal.current?.clear()}
          size={() => ({
            columns: terminal.current?.cols ?? 80,
            rows: terminal.current?.rows ?? 24,
          })}
          fullScreen={fullScreen.active}
          onFullScreen={() =>
            void fullScreen.toggle().catch(() => setNotice(t("notice.fullScreenDenied")))
          }
          popOutHref={popOutHref}
        />
      </div>
      {notice !== null && <Notice text={notice} onDismiss={() => setNotice(null)} />}
      <div className="relative min-h-0 flex-1 bg-surface p-2 focus-within:outline-2 focus-within:-outline-offset-2 focus-within:outline-accent">
        <div
          ref={place}
          data-testid="serial-terminal"
          className="size-full overflow-hidden bg-surface font-mono text-ink"
        />
        <StatePanel
          state={state}
          onStart={
            canDo("start", vm.state) && powerForbidden === null
              ? () => void runPower("start")
              : null
          }
          starting={busy.has(vm.id)}
          onRetry={retryNow}
          onTakeOver={takeOver}
        />
      </div>
    </section>
  );
}
