"use client";

import { MonitorOff, Play, PowerOff, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { useErrorText } from "@/components/ui/use-error-text";
import { withBase, withoutBase } from "@/lib/base-path";
import type { VmState } from "@/lib/model/vm-state";
import type { ConsoleState } from "./connection-state";

interface StatePanelProps {
  state: ConsoleState;
  /** Null when the person cannot start it. */
  onStart: (() => void) | null;
  starting: boolean;
  onRetry: () => void;
  /** There has been no picture yet. */
  blank?: boolean;
  /** Given for what somebody else may have. */
  onTakeOver?: () => void;
}

const told = ["off", "saved", "crashed", "suspended", "deleting", "missing"] as const;

function toldState(state: VmState): (typeof told)[number] | "other" {
  return told.find((each) => each === state) ?? "other";
}

/** What stands over the last picture when it will not come back without an event or a person. */
export function StatePanel(props: StatePanelProps) {
  const { state, onStart, starting, onRetry, blank = false, onTakeOver } = props;
  const t = useTranslations("console");
  const errorText = useErrorText();

  if (state.phase === "guest_off") {
    const gone = state.vmState === "deleting" || state.vmState === "missing";
    return (
      <Panel
        icon={<PowerOff aria-hidden="true" />}
        title={t(`off.title.${toldState(state.vmState)}`)}
      >
        <p>{t(gone ? "off.bodyGone" : "off.body")}</p>
        {onStart && <StartButton busy={starting} onStart={onStart} />}
      </Panel>
    );
  }
  if (state.phase === "lost" && blank) {
    return (
      <Panel icon={<MonitorOff aria-hidden="true" />} title={t("blank.title")}>
        {state.message && <p>{errorText(state.message)}</p>}
        <p>{t("blank.body")}</p>
      </Panel>
    );
  }
  if (state.phase !== "ended") return null;
  return (
    <Panel icon={<Unplug aria-hidden="true" />} title={t(`ended.title.${state.reason}`)}>
      {state.reason === "unsupported" && state.message ? (
        <p>{errorText(state.message)}</p>
      ) : (
        <p>{t(`ended.body.${state.reason}`)}</p>
      )}
      {state.reason === "invalid" && state.message && <p>{errorText(state.message)}</p>}
      {state.reason === "signed_out" ? (
        <a
          href={withBase(signInHref())}
          className={buttonClass({ variant: "primary", size: "sm" })}
        >
          {t("ended.signIn")}
        </a>
      ) : (
        state.canRetry && (
          <Button variant="primary" size="sm" onClick={onRetry}>
            {t("ended.retry")}
          </Button>
        )
      )}
      {state.reason === "taken" && (
        <Button size="sm" onClick={onTakeOver}>
          {t("ended.takeOver")}
        </Button>
      )}
    </Panel>
  );
}

/** Signing in leads back here. */
function signInHref(): string {
  const here = withoutBase(window.location.pathname) ?? "/";
  return `/sign-in?callbackUrl=${encodeURIComponent(here + window.location.search)}`;
}

function StartButton({ busy, onStart }: { busy: boolean; onStart: () => void }) {
  const t = useTranslations("vm.power");
  return (
    <Button
      variant="primary"
      size="sm"
      busy={busy}
      icon={<Play aria-hidden="true" />}
      onClick={onStart}
    >
      {t("start")}
    </Button>
  );
}

function Panel({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="absolute inset-0 grid place-items-center overflow-auto p-4">
      <div className="flex max-w-80 flex-col items-center gap-2.5 rounded-lg border border-line bg-surface px-6 py-5 text-center text-13 text-muted shadow-float [&>svg]:size-6">
        {icon}
        <h2 className="font-semibold text-ink text-sm">{title}</h2>
        {children}
      </div>
    </div>
  );
}
