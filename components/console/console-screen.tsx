"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { useErrorText } from "@/components/ui/use-error-text";
import { PowerMenu } from "@/components/vm/power-menu";
import type { EjectAction, PowerAction } from "@/components/vm/types";
import { usePower } from "@/components/vm/use-power";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { ActionResult } from "@/lib/model/result";
import type { VideoView } from "@/lib/model/video";
import type { VmDetail, VmView } from "@/lib/model/vm";
import { canDo, type PowerVerb } from "@/lib/model/vm-state";
import { AudienceBanner } from "./audience-banner";
import type { ClipboardSetting } from "./clipboard/clipboard-state";
import { useClipboardSync } from "./clipboard/use-clipboard-sync";
import type { OpenTicket } from "./connection-state";
import { ConsoleBar } from "./console-bar";
import { type ConsoleDialog, ConsoleDialogs } from "./console-dialogs";
import { escapeChordLabel } from "./escape-chord";
import type { KeyStroke } from "./keys";
import { loadNoVnc } from "./no-vnc";
import { Notice } from "./notice";
import { comboOf } from "./own-combos";
import { saveScreenshot } from "./save-screenshot";
import type { ShareActions } from "./share-types";
import { Stage } from "./stage";
import { StatePanel } from "./state-panel";
import { StatusWords } from "./status-words";
import { GestureHint } from "./touch/gesture-hint";
import { useTouch } from "./touch/use-touch";
import { useTouchChoices } from "./touch/use-touch-choices";
import { TouchKeys } from "./touch-keys";
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
import type { WatchActions } from "./watch/types";

export type ControlAction = (input: {
  vmId: string;
  consoleId: string | null;
}) => Promise<ActionResult<ConsoleViewers>>;

export interface ConsoleScreenProps {
  vm: VmView;
  /** The VM was deleted while the page was open. */
  removed: boolean;
  /** What shows its screen; null while nothing is known of it. */
  video: VideoView | null;
  /** The page's live events come in. */
  portalHeard: boolean;
  onConnected: () => void;
  openTicket: OpenTicket;
  /** The console's own path, under which a link may have begun it. */
  href: string;
  power: PowerAction;
  /** Why the person may not use power verbs; null when allowed. */
  powerForbidden: string | null;
  /** Name of what is in the drive; null when it is empty or the person may not eject. */
  media: string | null;
  eject: EjectAction;
  onEjected: (vm: VmDetail) => void;
  /** What the guest starts from, and how that is changed; null where the person may not. */
  start: ReactNode;
  /** Shown while the VM is being made. */
  waiting: ReactNode;
  /** Who is at the VM's consoles. */
  consoles: ConsoleViewers;
  control: ControlAction;
  /** Whether the guest shares its clipboard. */
  clipboard: ClipboardSetting;
  /** Links for who may watch without an account; null when the person may make none. */
  shares: ShareActions | null;
  /** Null when the person may have nothing watched. */
  watches: WatchActions | null;
  /** What is said of the screen in any case, above it. */
  sign: ReactNode;
  /** The same console in a tab of its own; null when this is that tab. */
  popOutHref: string | null;
}

/** A guest's screen with everything beside it. Fills what is visible below its upper edge. */
export function ConsoleScreen(props: ConsoleScreenProps) {
  const { vm, removed, media, powerForbidden, popOutHref, consoles } = props;
  const t = useTranslations("console");
  const errorText = useErrorText();
  const { run, busy } = usePower(props.power);
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
  const [ejecting, setEjecting] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);

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

  async function runPower(verb: PowerVerb) {
    viewer.current?.focus();
    setNotice(await run(vm, verb));
  }

  async function eject() {
    setEjecting(true);
    const result = await callAction(() => props.eject({ vmId: vm.id }));
    setEjecting(false);
    if (result.ok) props.onEjected(result.value);
    setNotice(result.ok ? null : errorText(result.error.message));
  }

  async function control(to: string | null) {
    const result = await callAction(() => props.control({ vmId: vm.id, consoleId: to }));
    setNotice(result.ok ? null : errorText(result.error.message));
  }

  async function screenshot() {
    const shown = viewer.current;
    if (!shown) return;
    await saveScreenshot(shown, vm.name, new Date()).catch(() =>
      setNotice(t("notice.screenshotFailed")),
    );
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
              <PowerMenu
                vm={vm}
                forbidden={powerForbidden}
                run={(_vm, verb) => void runPower(verb)}
              />
            )
          }
          viewers={
            <ViewersMenu
              consoles={consoles}
              own={keyboard.consoleId}
              onControl={(to) => void control(to)}
            />
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
            void fullScreen.toggle().catch(() => setNotice(t("notice.fullScreenDenied")))
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
          onScreenshot={() => void screenshot()}
          onReadText={() => setDialog("text")}
          onWatch={props.watches && (() => setDialog("watch"))}
          media={media}
          start={props.start}
          onEject={() => void eject()}
          ejecting={ejecting}
          popOutHref={popOutHref}
        />
      </div>
      {fullScreen.active && !barShown && <BarHandle label={t("bar.show")} onClick={showBar} />}
      <AudienceBanner consoles={consoles} own={keyboard.consoleId} />
      {notice !== null && <Notice text={notice} onDismiss={() => setNotice(null)} />}
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
        {state.phase === "idle" ? (
          <div className="absolute inset-0 grid place-items-center overflow-auto p-4">
            {props.waiting}
          </div>
        ) : (
          <StatePanel
            state={state}
            onStart={
              canDo("start", vm.state) && powerForbidden === null
                ? () => void runPower("start")
                : null
            }
            starting={busy.has(vm.id)}
            onRetry={retryNow}
          />
        )}
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

/** In full screen, where there is no pointer to reach for the edge. */
function BarHandle({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="absolute top-0 left-1/2 z-10 grid h-4 w-16 -translate-x-1/2 place-items-center rounded-b-md bg-surface/70 text-ink"
    >
      <ChevronDown aria-hidden="true" className="size-3.5" />
    </button>
  );
}
