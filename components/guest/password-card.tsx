"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { ActionFailure } from "@/lib/model/result";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import type { SetGuestPasswordAction } from "./types";

interface PasswordCardProps {
  vm: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  setPassword: SetGuestPasswordAction;
}

/** For whoever is locked out of the guest: a new password for an account inside it. */
export function PasswordCard({ vm, forbidden, setPassword }: PasswordCardProps) {
  const t = useTranslations("guest");
  const errorText = useErrorText();
  const [user, setUser] = useState("root");
  const [password, setNew] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const errorOf = (field: string) => {
    const found = failure?.fields[field];
    return found && errorText(found);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || forbidden !== null || user === "" || password === "") return;
    setBusy(true);
    const result = await callAction(() => setPassword({ vmId: vm.id, user, password }));
    setBusy(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    setNew("");
    toast.ok(t("passwordSet", { user }));
  }

  const empty = user === "" || password === "" ? t("passwordEmpty") : null;
  const unplaced = failure !== null && Object.keys(failure.fields).length === 0;
  const words = ["set-user-password", vm.domainName, user || "root", "PASSWORD"];
  return (
    <Card title={t("password")} description={t("passwordHint")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <Field label={t("account")} error={errorOf("user")} className="w-full max-w-xs">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={104}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              disabled={forbidden !== null}
              value={user}
              onChange={(event) => setUser(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("newPassword")} error={errorOf("password")} className="w-full max-w-xs">
          {(control) => (
            <Input
              {...control}
              type="password"
              required
              maxLength={256}
              // Of the guest, not of the portal: no browser should offer to keep it for this page.
              autoComplete="off"
              disabled={forbidden !== null}
              value={password}
              onChange={(event) => setNew(event.target.value)}
            />
          )}
        </Field>
        {unplaced && (
          <Callout tone="bad" role="alert">
            {errorText(failure.message)}
          </Callout>
        )}
        <ReasonButton type="submit" busy={busy} disabledReason={forbidden ?? empty}>
          {t("setPassword")}
        </ReasonButton>
      </form>
      <div className="mt-4">
        <VirshLine commands={[virshLine(words)]} />
      </div>
    </Card>
  );
}
