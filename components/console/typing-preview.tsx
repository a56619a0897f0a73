"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { TypingPlan } from "@/lib/model/keyboard/plan-text";

interface TypingPreviewProps {
  plan: Extract<TypingPlan, { ok: true }>;
  secret: boolean;
}

const shownAround = 24;
const shownMarks = 20;

/** What of the text the guest's keyboard cannot type, marked where it stands. */
export function TypingPreview({ plan, secret }: TypingPreviewProps) {
  const t = useTranslations("console.type");
  const { text, untypable } = plan;
  const [first] = untypable;
  if (!first) return null;
  const title = t("untypable", { count: untypable.length });
  // Which ones, or where, would tell something of a secret.
  if (secret) return <Callout tone="warn" role="status" title={title} />;

  const last = untypable.slice(0, shownMarks).at(-1) ?? first;
  const from = first.at > shownAround ? first.at - shownAround : 0;
  const to = last.at + last.character.length + shownAround;
  const parts: { at: number; text: string; marked: boolean }[] = [];
  let at = from;
  for (const each of untypable.slice(0, shownMarks)) {
    if (each.at > at) parts.push({ at, text: text.slice(at, each.at), marked: false });
    parts.push({ at: each.at, text: visible(each.character), marked: true });
    at = each.at + each.character.length;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at, to), marked: false });

  return (
    <Callout tone="warn" role="status" title={title}>
      <p className="mt-1 max-h-32 overflow-auto whitespace-pre-wrap break-words font-mono">
        {from > 0 && "…"}
        {parts.map((part) =>
          part.marked ? (
            <mark
              key={part.at}
              className="rounded-sm bg-bad-fill px-0.5 font-semibold text-white underline"
            >
              {part.text}
            </mark>
          ) : (
            <span key={part.at}>{part.text}</span>
          ),
        )}
        {to < text.length && "…"}
      </p>
    </Callout>
  );
}

/** Control characters have no shape of their own. */
function visible(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return /[\p{C}\p{Z}\p{M}]/u.test(character)
    ? `U+${point.toString(16).toUpperCase().padStart(4, "0")}`
    : character;
}
