"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "./button";
import { LinkButton } from "./link-button";

interface ErrorPanelProps {
  error: unknown;
  retry: () => void;
}

/** What a person sees when a page broke: that guests are fine, and what to quote. */
export function ErrorPanel({ error, retry }: ErrorPanelProps) {
  const t = useTranslations("common");
  const digest =
    typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : null;
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col items-start gap-3 px-6 py-16">
      <TriangleAlert aria-hidden="true" className="size-8 text-bad-text" />
      <h1 className="font-semibold text-xl">{t("error.title")}</h1>
      <p className="text-muted">{t("error.body")}</p>
      {digest && <p className="font-mono text-muted text-xs">{t("error.reference", { digest })}</p>}
      <div className="mt-2 flex gap-2">
        <Button variant="primary" onClick={retry}>
          {t("retry")}
        </Button>
        <LinkButton href="/">{t("error.home")}</LinkButton>
      </div>
    </div>
  );
}
