"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "./copy-button";

interface VirshLineProps {
  /** Whole commands, as `virshLine` of lib/model/virsh-line.ts writes them; several are one a line. */
  commands: readonly string[];
}

/** The commands that a form stands for: to learn, to script, and to do it without the portal. */
export function VirshLine({ commands }: VirshLineProps) {
  const t = useTranslations("common.virshLine");
  if (commands.length === 0) return null;
  const text = commands.join("\n");
  const byVirsh = commands.some((command) => command.startsWith("virsh "));
  return (
    <div className="rounded-md border border-line bg-raised px-3 py-2">
      <div className="flex items-center justify-between gap-2">
        <p className="text-muted text-xs">{t(byVirsh ? "title" : "shell")}</p>
        <CopyButton text={text} label={t("copy")} />
      </div>
      <pre className="mt-0.5 whitespace-pre-wrap break-words font-mono text-xs [overflow-wrap:anywhere]">
        <code>{text}</code>
      </pre>
    </div>
  );
}
