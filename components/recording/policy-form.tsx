"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import { type RecordingMode, type RecordingPolicy, recordingModes } from "@/lib/model/recording";
import type { SetPolicyAction } from "./types";

interface PolicyFormProps {
  projectId: string;
  policy: RecordingPolicy;
  save: SetPolicyAction;
}

/** Whether the project's screens are recorded, and how much of it is kept. */
export function PolicyForm({ projectId, policy, save }: PolicyFormProps) {
  const t = useTranslations("recording.policy");
  const router = useRouter();
  const errorText = useErrorText();
  const [mode, setMode] = useState<RecordingMode>(policy.mode);
  const [keepDays, setKeepDays] = useState(String(policy.keepDays));
  const [quotaMib, setQuotaMib] = useState(String(policy.quotaMib));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{
    fields: Partial<Record<string, UserMessage>>;
    message: UserMessage;
  } | null>(null);
  const same =
    mode === policy.mode &&
    keepDays === String(policy.keepDays) &&
    quotaMib === String(policy.quotaMib);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || same) return;
    setBusy(true);
    const wanted = { projectId, mode, keepDays: Number(keepDays), quotaMib: Number(quotaMib) };
    const result = await callAction(() => save(wanted));
    setBusy(false);
    setFailed(result.ok ? null : result.error);
    if (!result.ok) return;
    toast.ok(t("saved"));
    router.refresh();
  }

  const fieldError = (name: string) => {
    const message = failed?.fields[name];
    return message ? errorText(message) : null;
  };
  const other = failed !== null && Object.keys(failed.fields).length === 0 ? failed.message : null;

  return (
    <Card title={t("title")} description={t("description")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4" noValidate>
        <fieldset className="flex w-full max-w-md flex-col gap-2">
          <legend className="mb-2 font-medium text-13">{t("mode")}</legend>
          {recordingModes.map((each) => (
            <RadioCard
              key={each}
              name="mode"
              label={t(each)}
              hint={t(`${each}Hint`)}
              checked={mode === each}
              onChange={() => setMode(each)}
            />
          ))}
        </fieldset>
        <Field label={t("keepDays")} error={fieldError("keepDays")} className="w-full max-w-40">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={3_650}
              value={keepDays}
              onChange={(event) => setKeepDays(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t("quotaMib")}
          hint={t("quotaHint")}
          error={fieldError("quotaMib")}
          className="w-full max-w-md"
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={64}
              className="max-w-40"
              value={quotaMib}
              onChange={(event) => setQuotaMib(event.target.value)}
            />
          )}
        </Field>
        {other && (
          <p role="alert" className="text-13 text-bad-text">
            {errorText(other)}
          </p>
        )}
        <ReasonButton
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={same ? t("same") : null}
        >
          {t("save")}
        </ReasonButton>
      </form>
    </Card>
  );
}
