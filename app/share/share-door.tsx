"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useState } from "react";
import { LinkEnded } from "@/components/console/link-ended";
import { Brand } from "@/components/shell/brand";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { withBase } from "@/lib/base-path";
import type { UserMessage } from "@/lib/model/errors";
import { joinShareAction } from "./actions";

/** Asks who comes by a link; others at the screen, and the watermark, show that name. */
export function ShareDoor({ knownEnded }: { knownEnded: boolean }) {
  const t = useTranslations("console.share");
  const errorText = useErrorText();
  // Null until the page has run in a browser: the secret never reaches the server by itself.
  const [token, setToken] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [gone, setGone] = useState(knownEnded);
  useEffect(() => {
    const read = () => setToken(window.location.hash.slice(1));
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const [error, submit, busy] = useActionState(async (): Promise<UserMessage | null> => {
    const result = await callAction(() => joinShareAction({ token: token ?? "", name }));
    if (result.ok) {
      // Without the secret: whoever reads this address over a shoulder or in a history has nothing.
      window.location.replace(withBase(`/share?screen=${result.value.shareId}`));
      return null;
    }
    if (result.error.code === "not_found") setGone(true);
    return result.error.fields.name ?? result.error.message;
  }, null);

  if (gone || token === "") return <LinkEnded />;
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="px-4 py-3 sm:px-6">
        <Brand />
      </header>
      <main className="mx-auto flex w-full max-w-104 flex-1 flex-col justify-center px-4 pt-4 pb-[12vh]">
        <h1 className="font-semibold text-2xl tracking-tight">{t("doorTitle")}</h1>
        <p className="mt-1 mb-6 text-muted">{t("door")}</p>
        <form action={submit} className="flex flex-col gap-4">
          {error && <Callout tone="bad" role="alert" title={errorText(error)} />}
          <Field label={t("yourName")} hint={t("yourNameHint")}>
            {(control) => (
              <Input
                {...control}
                required
                autoFocus
                maxLength={40}
                autoComplete="name"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabled={token === null || name.trim() === ""}
            className="h-10"
          >
            {t("watch")}
          </Button>
        </form>
      </main>
    </div>
  );
}
