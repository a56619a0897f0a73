"use client";

import { clsx } from "clsx";
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CircleQuestionMark,
  CornerDownLeft,
  Keyboard as KeyboardIcon,
  Touchpad,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { type KeyStroke, type NamedKey, namedKeys } from "./keys";
import { SoftKeyboard } from "./soft-keyboard";

const stickyNames = ["ctrl", "alt"] as const;
type StickyName = (typeof stickyNames)[number];

const stickyLabels: Record<StickyName, string> = { ctrl: "Ctrl", alt: "Alt" };
const plainKeys = [
  ["escape", "Esc"],
  ["tab", "Tab"],
] as const;
const arrows = [
  ["left", ArrowLeft],
  ["up", ArrowUp],
  ["down", ArrowDown],
  ["right", ArrowRight],
  ["enter", CornerDownLeft],
] as const;

interface TouchKeysProps {
  disabled: boolean;
  onPress: (strokes: readonly KeyStroke[]) => void;
  /** Fingers move the pointer, as on a laptop. */
  touchpad: boolean;
  onTouchpad: (touchpad: boolean) => void;
  /** Shows what fingers can do. */
  onHelp: () => void;
}

/**
 * The keys that a phone's keyboard lacks, and the button that opens that keyboard. Ctrl and
 * Alt stay down until the next key.
 */
export function TouchKeys(props: TouchKeysProps) {
  const { disabled, onPress, touchpad, onTouchpad, onHelp } = props;
  const t = useTranslations("console.touch");
  const [held, setHeld] = useState<readonly StickyName[]>([]);
  const input = useRef<HTMLTextAreaElement>(null);

  function press(strokes: readonly KeyStroke[]) {
    onPress([...held.map((name) => namedKeys[name]), ...strokes]);
    setHeld([]);
  }

  function pressNamed(name: NamedKey) {
    press([namedKeys[name]]);
  }

  return (
    <div
      role="toolbar"
      aria-label={t("bar")}
      className="hidden shrink-0 items-center gap-1 overflow-x-auto border-line border-t bg-surface px-1.5 py-1 pointer-coarse:flex"
    >
      <SoftKeyboard ref={input} label={t("input")} onPress={press} />
      <TouchKey label={t("keyboard")} disabled={disabled} onPress={() => input.current?.focus()}>
        <KeyboardIcon aria-hidden="true" />
      </TouchKey>
      <TouchKey
        label={t("touchpad")}
        disabled={disabled}
        pressed={!disabled && touchpad}
        onPress={() => onTouchpad(!touchpad)}
      >
        <Touchpad aria-hidden="true" />
      </TouchKey>
      {plainKeys.map(([name, label]) => (
        <TouchKey key={name} disabled={disabled} onPress={() => pressNamed(name)}>
          {label}
        </TouchKey>
      ))}
      {stickyNames.map((name) => (
        <TouchKey
          key={name}
          disabled={disabled}
          pressed={!disabled && held.includes(name)}
          onPress={() =>
            setHeld((now) =>
              now.includes(name) ? now.filter((each) => each !== name) : [...now, name],
            )
          }
        >
          {stickyLabels[name]}
        </TouchKey>
      ))}
      {arrows.map(([name, Icon]) => (
        <TouchKey key={name} label={t(name)} disabled={disabled} onPress={() => pressNamed(name)}>
          <Icon aria-hidden="true" />
        </TouchKey>
      ))}
      <TouchKey label={t("help")} disabled={false} onPress={onHelp}>
        <CircleQuestionMark aria-hidden="true" />
      </TouchKey>
    </div>
  );
}

interface TouchKeyProps {
  label?: string;
  disabled: boolean;
  pressed?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function TouchKey({ label, disabled, pressed, onPress, children }: TouchKeyProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      // Still reachable, since the bar scrolls.
      aria-disabled={disabled || undefined}
      // The soft keyboard stays open only while its field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={disabled ? undefined : onPress}
      className={clsx(
        "grid h-10 min-w-9.5 shrink-0 select-none place-items-center rounded-md border px-2 font-medium text-13",
        "aria-disabled:opacity-55 [&>svg]:size-4",
        pressed ? "border-accent bg-accent text-accent-ink" : "border-line bg-raised text-ink",
      )}
    >
      {children}
    </button>
  );
}
