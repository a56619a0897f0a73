"use client";

import { clsx } from "clsx";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { copyText } from "./copy-text";
import { toast } from "./toast";

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  text: string;
  /** What is copied, for screen readers: "Copy 192.168.122.10". */
  label?: string;
  className?: string;
}

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await copyText(text)) setCopied(true);
    else toast.bad(t("copyFailed"));
  }

  return (
    <button
      type="button"
      aria-label={copied ? t("copied") : (label ?? t("copyThis", { text }))}
      title={copied ? t("copied") : t("copy")}
      onClick={copy}
      className={clsx(
        "inline-flex size-6 items-center justify-center rounded text-muted hover:bg-raised hover:text-ink [&>svg]:size-3.5",
        className,
      )}
    >
      {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
    </button>
  );
}
