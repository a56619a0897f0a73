"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSignOut } from "@/components/ui/use-sign-out";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";
import { reachable } from "../../reachable";

interface AcceptFormProps {
  token: string;
  person: { name: string; email: string };
  accept: (input: { token: string }) => Promise<ActionResult<unknown>>;
}

/** Says which account joins, and lets it, or another one. */
export function AcceptForm({ token, person, accept }: AcceptFormProps) {
  const t = useTranslations("project.offer");
  const errorText = useErrorText();
  const signOut = useSignOut();
  const [error, submit, busy] = useActionState(async (): Promise<UserMessage | null> => {
    const result = await reachable(() => accept({ token }));
    return result.ok ? null : result.error.message;
  }, null);
  return (
    <form action={submit} className="flex flex-col gap-4">
      {error && <Callout tone="bad" role="alert" title={errorText(error)} />}
      <p className="rounded-md border border-line bg-surface px-4 py-3">
        <span className="block text-13 text-muted">{t("signedInAs")}</span>
        <span className="block font-medium">{person.name}</span>
        <span className="block break-all text-13">{person.email}</span>
      </p>
      <Button type="submit" variant="primary" busy={busy} className="h-10">
        {t("accept")}
      </Button>
      <Button variant="ghost" onClick={() => signOut(() => window.location.reload())}>
        {t("otherAccount")}
      </Button>
    </form>
  );
}
