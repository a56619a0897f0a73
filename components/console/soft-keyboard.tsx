"use client";

import type { ComponentProps, KeyboardEvent, RefObject } from "react";
import { type KeyStroke, type NamedKey, namedKeys } from "./keys";
import { softEdit, softFiller } from "./soft-input";
import { strokesFor } from "./us-layout";

/** Keys that phones do report as keys. */
const reported: Record<string, NamedKey> = {
  Enter: "enter",
  Tab: "tab",
  Escape: "escape",
  Backspace: "backspace",
  Delete: "delete",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

interface SoftKeyboardProps {
  ref: RefObject<HTMLTextAreaElement | null>;
  label: string;
  onPress: (strokes: readonly KeyStroke[]) => void;
}

/** An unseen text field: focusing it opens a phone's keyboard, and its changes become keys. */
export function SoftKeyboard({ ref, label, onPress }: SoftKeyboardProps) {
  function apply(field: HTMLTextAreaElement) {
    const before = field.dataset.before ?? softFiller;
    const { backspaces, text } = softEdit(before, field.value);
    for (let left = backspaces; left > 0; left -= 1) onPress([namedKeys.backspace]);
    for (const character of text) onPress(strokesFor(character));
    field.dataset.before = field.value;
  }

  function refill(field: HTMLTextAreaElement) {
    field.value = softFiller;
    field.dataset.before = softFiller;
    field.setSelectionRange(softFiller.length, softFiller.length);
  }

  const onInput: ComponentProps<"textarea">["onInput"] = (event) => {
    apply(event.currentTarget);
    // In the middle of a composed word the keyboard relies on what it has written.
    if (!(event.nativeEvent as InputEvent).isComposing) refill(event.currentTarget);
  };

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const name = reported[event.key];
    if (!name || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onPress([namedKeys[name]]);
  }

  return (
    <textarea
      ref={ref}
      aria-label={label}
      tabIndex={-1}
      autoCapitalize="none"
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      defaultValue={softFiller}
      onFocus={(event) => refill(event.currentTarget)}
      onInput={onInput}
      onCompositionEnd={(event) => {
        apply(event.currentTarget);
        refill(event.currentTarget);
      }}
      onKeyDown={onKeyDown}
      // 16 px, or phones zoom into the field.
      className="pointer-events-none fixed bottom-0 left-0 size-px resize-none text-base opacity-0"
    />
  );
}
