"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { PowerMenu } from "@/components/vm/power-menu";
import { canDo } from "@/lib/model/vm-state";
import { AudienceBanner } from "./audience-banner";
import { BarHandle } from "./bar-handle";
import { useClipboardSync } from "./clipboard/use-clipboard-sync";
import { ConsoleBar } from "./console-bar";
import { type ConsoleDialog, ConsoleDialogs } from "./console-dialogs";
import type { ConsoleScreenProps } from "./console-screen-props";
import { escapeChordLabel } from "./escape-chord";
import type { KeyStroke } from "./keys";
import { loadNoVnc } from "./no-vnc";
import { Notice } from "./notice";
import { comboOf } from "./own-combos";
import { Stage } from "./stage";
import { StageCover } from "./stage-cover";
import { StatusWords } from "./status-words";
import { GestureHint } from "./touch/gesture-hint";
import { useTouch } from "./touch/use-touch";
import { useTouchChoices } from "./touch/use-touch-choices";
import { TouchKeys } from "./touch-keys";
import { useActs } from "./use-acts";
import { useAutoHide } from "./use-auto-hide";
import { useConsole } from "./use-console";
import { useFillHeight } from "./use-fill-height";
import { useFullScreen } from "./use-full-screen";
import { useKeyboardHolder } from "./use-keyboard-holder";
import { useKeyboardRelease } from "./use-keyboard-release";
import { useOwnCombos } from "./use-own-combos";
import { useView } from "./use-view";
import { ViewMenu } from "./view-menu";
import { firstView } from "./viewer";
import { ViewersMenu } from "./viewers-menu";

/** A guest's screen with everything beside it. Fills what is visible below its upper edge. */
export function ConsoleScreen(props: ConsoleScreenProps) {
  const { vm, removed, media, powerForbidden, popOutHref, consoles } = props;
  const t = useTranslations("console");
  const root = useRef<HTMLElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const lastFrame = useRef<HTMLCanvasElement>(null);
  const [settings, setSettings] = useState(firstView);
  const [hasFrame, setHasFrame] = useState(false);
  const [clipped, setClipped] = useState(false);
  const [focused, setFocused] = useState(false);
  const [dialog, setDialog] = useState<ConsoleDialog | null>(null);
  const [ownCombos, setOwnCombos] = useOwnCombos();

  const keyboard = useKeyboardHolder(consoles, settings);
  const view = useView({
    settings: keyboard.shownSettings,
    video: props.video,
    consoles,
    own: keyboard.consoleId,
    whyWatching: keyboard.whyWatching,
  });

  const { state, viewer, retryNow } = useConsole({
    guest: vm,
    removed,
    portalHeard: props.portalHeard,
    openTicket: props.openTicket,
    begunAs: props.href,
    settings: view.shown,
    target,
    lastFrame,
    onGrant: keyboard.setGrant,
    onClipboard: (text) => shared.takeFromGuest(text),
    onClipped: setClipped,
    onConnected() {
      setHasFrame(true);
      props.onConnected();
      const active = document.activeElement;
      if (active === document.body || target.current?.contains(active)) viewer.current?.focus();
    },
  });
  const acts = useActs(props, viewer);
  const touch = useTouchChoices();
  useTouch(target, { zoomable: settings.fit, touchpad: touch.touchpad });
  const fullScreen = useFullScreen(root);
  const { shown: barShown, show: showBar } = useAutoHide(fullScreen.active, bar);
  const alone = popOutHref === null;
  useFillHeight(root, fullScreen.active ? "off" : alone ? "whole" : "below");

  const leaveScreen = useCallback(() => {
    viewer.current?.blur();
    showBar();
    bar.current?.querySelector<HTMLElement>("[data-keyboard-home] button")?.focus();
  }, [viewer, showBar]);
  useKeyboardRelease(target, leaveScreen);
  // While the VM is being made there is time to fetch what its screen will need.
  useEffect(() => void loadNoVnc().catch(() => undefined), []);

  const link = useCallback(() => viewer.current?.link() ?? null, [viewer]);

  const live = state.phase === "connected";
  const takesInput = live && keyboard.whyWatching === null;
  // QEMU gives what one sends to all who type at the screen.
  const others = consoles.viewers.some(
    ({ id, kind, viewOnly }) => id !== keyboard.consoleId && kind === "screen" && !viewOnly,
  );
  const exchanges = takesInput && props.clipboard.view?.now === true && !others;
  const shared = useClipboardSync(vm.id, exchanges, viewer, target);
  const noInput = live ? keyboard.whyWatching : t("off.bodyGone");

  function press(strokes: readonly KeyStroke[]) {
    viewer.current?.press(strokes);
  }

  function hint(): string | null {
    if (!live) return null;
    if (keyboard.whyWatching !== null) return keyboard.whyWatching;
    if (fullScreen.keyboardLocked) return t("hint.fullScreen");
    return focused ? t("hint.typing", { chord: escapeChordLabel }) : t("hint.click");
  }

  return (
    <section
      ref={root}
      aria-label={t("title", { name: vm.name })}
      data-testid="console"
      data-console-state={state.phase}
      className={clsx(
        "@container flex min-h-0 flex-1 flex-col overflow-hidden bg-canvas",
        alone ? "fixed inset-0 z-40" : "relative",
      )}
    >
      <div
        ref={bar}
        className={clsx(
          fullScreen.active && "absolute inset-x-0 top-0 z-10 motion-safe:transition-transform",
          !barShown && "-translate-y-full",
        )}
      >
        <ConsoleBar
          status={
            <StatusWords
              state={state}
              vmState={vm.state}
              viewOnly={keyboard.whyWatching !== null}
              hint={hint()}
              onRetry={retryNow}
            />
          }
          power={
            // Elsewhere the VM's header, with the same menu, stands right above.
            (fullScreen.active || alone) && (
              <PowerMenu vm={vm} forbidden={powerForbidden} run={(_vm, verb) => acts.power(verb)} />
            )
          }
          viewers={
            <ViewersMenu consoles={consoles} own={keyboard.consoleId} onControl={acts.control} />
          }
          whyWatching={keyboard.whyWatching}
          live={live}
          view={
            <ViewMenu
              fit={settings.fit}
              onFit={(fit) => setSettings({ ...settings, fit, pan: false })}
              resize={view.kept.resize}
              noResize={view.noResize}
              onResize={(resize) => view.keep({ resize })}
              picture={view.kept.picture}
              link={link}
              onPicture={(picture) => view.keep({ picture })}
            />
          }
          settings={settings}
          onSettings={setSettings}
          canPan={clipped && !settings.fit}
          fullScreen={fullScreen.active}
          onFullScreen={() =>
            void fullScreen.toggle().catch(() => acts.setNotice(t("notice.fullScreenDenied")))
          }
          onPress={(combo) => {
            press(combo.strokes);
            viewer.current?.focus();
          }}
          ownCombos={ownCombos.map(comboOf)}
          onEditOwn={() => setDialog("combos")}
          onType={() => setDialog("type")}
          onClipboard={() => setDialog("clipboard")}
          onShare={props.shares && (() => setDialog("share"))}
          onScreenshot={acts.screenshot}
          onReadText={() => setDialog("text")}
          onWatch={props.watches && (() => setDialog("watch"))}
          media={media}
          start={props.start}
          onEject={acts.eject}
          ejecting={acts.ejecting}
          popOutHref={popOutHref}
        />
      </div>
      {fullScreen.active && !barShown && <BarHandle label={t("bar.show")} onClick={showBar} />}
      <AudienceBanner consoles={consoles} own={keyboard.consoleId} />
      {acts.notice !== null && <Notice text={acts.notice} onDismiss={() => acts.setNotice(null)} />}
      {props.sign}
      <Stage
        name={vm.name}
        live={live}
        typing={focused && takesInput}
        fit={settings.fit}
        hasFrame={hasFrame}
        target={target}
        lastFrame={lastFrame}
        onFocus={(onFrame) => {
          setFocused(true);
          if (onFrame) viewer.current?.focus();
        }}
        onBlur={() => setFocused(false)}
      >
        <StageCover
          state={state}
          waiting={props.waiting}
          onStart={
            canDo("start", vm.state) && powerForbidden === null ? () => acts.power("start") : null
          }
          starting={acts.starting}
          onRetry={retryNow}
          blank={!hasFrame}
        />
        {live && touch.hinted && (
          <GestureHint touchpad={touch.touchpad} onClose={() => touch.setHinted(false)} />
        )}
      </Stage>
      <TouchKeys
        disabled={!takesInput}
        onPress={press}
        touchpad={touch.touchpad}
        onTouchpad={touch.setTouchpad}
        onHelp={() => touch.setHinted(!touch.hinted)}
      />
      <ConsoleDialogs
        shown={dialog}
        onClose={() => setDialog(null)}
        vmId={vm.id}
        viewer={viewer}
        noInput={noInput}
        clipboard={props.clipboard}
        sharedClipboard={shared}
        combos={ownCombos}
        onCombos={setOwnCombos}
        consoles={consoles}
        shares={props.shares}
        watches={props.watches}
      />
    </section>
  );
}
