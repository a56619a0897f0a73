"use client";

import { LogIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { startOidc } from "./start-oidc";

interface OidcButtonProps {
  /** What people call the provider; null where there is none. */
  name: string | null;
  callbackUrl: string;
  /** The `error` of the page's address: why the last attempt ended here. */
  error: string | string[] | undefined;
}

/** The way in through an OIDC provider, and why the last one led nowhere. */
export function OidcButton({ name, callbackUrl, error }: OidcButtonProps) {
  const t = useTranslations("user.oidc");
  const [busy, setBusy] = useState(false);
  const [unreachable, setUnreachable] = useState(false);
  if (name === null) return null;

  async function start() {
    setBusy(true);
    try {
      await startOidc(callbackUrl);
    } catch {
      setBusy(false);
      setUnreachable(true);
    }
  }

  const failed = unreachable || (error !== undefined && error !== "refused");
  return (
    <div className="mb-6 flex flex-col gap-4">
      {error === "refused" && (
        <Callout tone="bad" role="alert" title={t("refusedTitle", { name })}>
          {t("refused")}
        </Callout>
      )}
      {failed && (
        <Callout tone="bad" role="alert" title={t("failedTitle", { name })}>
          {t("failed")}
        </Callout>
      )}
      <Button busy={busy} onClick={start} icon={<LogIn aria-hidden="true" />} className="h-10">
        {t("signIn", { name })}
      </Button>
      <p className="text-center text-13 text-muted">{t("or")}</p>
    </div>
  );
}
