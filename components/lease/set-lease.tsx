"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import { leaseEnd } from "@/lib/model/lease";
import type { VmView } from "@/lib/model/vm";
import type { SetLeaseAction } from "./types";

/** For administrators: another end for this VM alone, or none. */
export function SetLease({ vm, set }: { vm: VmView; set: SetLeaseAction }) {
  const t = useTranslations("lease");
  const errorText = useErrorText();
  const put = useLivePut();
  const [days, setDays] = useState("");
  const [error, setError] = useState<UserMessage | null>(null);
  const [busy, setBusy] = useState(false);

  async function save(endsAt: Date | null) {
    setBusy(true);
    const input = { vmId: vm.id, endsAt: endsAt?.toISOString() ?? null };
    const result = await callAction(() => set(input));
    setBusy(false);
    if (!result.ok) {
      setError(result.error.fields.endsAt ?? result.error.message);
      return;
    }
    put({ type: "vm", vm: result.value });
    setDays("");
    setError(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (!/^\d{1,4}$/.test(days.trim())) {
      setError({ key: "field.lease_days.number" });
      return;
    }
    await save(leaseEnd(Number(days), new Date()));
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-2 border-line border-t pt-3">
      <Field label={t("setLabel")} error={error && errorText(error)}>
        {(control) => (
          <Input
            {...control}
            name="leaseDays"
            inputMode="numeric"
            autoComplete="off"
            unit={t("days")}
            className="max-w-40"
            value={days}
            onChange={(event) => {
              setDays(event.target.value);
              setError(null);
            }}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" busy={busy}>
          {t("set")}
        </Button>
        {vm.lease !== null && (
          <Button size="sm" variant="ghost" busy={busy} onClick={() => save(null)}>
            {t("clear")}
          </Button>
        )}
      </div>
    </form>
  );
}
