"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ProjectLimits, ProjectLimitsInput } from "@/lib/model/project-limits";
import {
  belowUse,
  defaultLimits,
  limitsOf,
  type QuotaResource,
  quotaResources,
} from "@/lib/model/quota";
import type { ActionResult } from "@/lib/model/result";
import { formatAmount } from "./format-amount";
import { type LimitsField, type LimitsTyped, readLimits, typedLimits } from "./limits-typed";

export type SetLimitsAction = (input: ProjectLimitsInput) => Promise<ActionResult<ProjectLimits>>;

interface LimitsFormProps {
  initial: ProjectLimits;
  /** Why nothing may be changed; null when it may. */
  forbidden: string | null;
  save: SetLimitsAction;
}

const units: Partial<Record<QuotaResource, string>> = {
  memoryMib: "MiB",
  diskGib: "GiB",
  imageGib: "GiB",
};

/** What one project may use, and how long its new VMs live. An empty field is no own limit. */
export function LimitsForm({ initial, forbidden, save }: LimitsFormProps) {
  const t = useTranslations("quota.limits");
  const errorText = useErrorText();
  const [saved, setSaved] = useState(initial);
  const [typed, setTyped] = useState<LimitsTyped>(() => typedLimits(initial));
  const [fields, setFields] = useState<Record<string, UserMessage>>({});
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const [busy, setBusy] = useState(false);
  const read = readLimits(typed);

  function change(field: LimitsField, value: string) {
    setTyped({ ...typed, [field]: value });
    setFields({});
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || forbidden !== null) return;
    if (!read.ok) {
      setFields(read.fields);
      return;
    }
    setBusy(true);
    const result = await callAction(() => save({ projectId: initial.projectId, ...read.value }));
    setBusy(false);
    if (!result.ok) {
      setFields(result.error.fields);
      setFailure(result.error.message);
      return;
    }
    setSaved(result.value);
    setTyped(typedLimits(result.value));
    toast.ok(t("saved"));
  }

  const errorOf = (field: LimitsField) => {
    const error = fields[field] ?? fields[`limits.${field}`];
    return error ? errorText(error) : null;
  };
  const below = read.ok
    ? belowUse({ limits: limitsOf(read.value.limits), used: saved.quota.used })
    : [];
  return (
    <Card title={t("title")} description={t("description")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {quotaResources.map((resource) => (
            <LimitField
              key={resource}
              resource={resource}
              value={typed[resource]}
              used={saved.quota.used[resource]}
              error={errorOf(resource)}
              onChange={(value) => change(resource, value)}
            />
          ))}
          <Field label={t("leaseDays")} hint={t("leaseDaysHint")} error={errorOf("leaseDays")}>
            {(control) => (
              <Input
                {...control}
                name="leaseDays"
                inputMode="numeric"
                autoComplete="off"
                unit={t("days")}
                placeholder={t("noLease")}
                value={typed.leaseDays}
                onChange={(event) => change("leaseDays", event.target.value)}
              />
            )}
          </Field>
        </div>
        {below.length > 0 && <BelowUse resources={below} />}
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <div>
          <ReasonButton type="submit" variant="primary" busy={busy} disabledReason={forbidden}>
            {t("save")}
          </ReasonButton>
        </div>
      </form>
    </Card>
  );
}

interface LimitFieldProps {
  resource: QuotaResource;
  value: string;
  used: number;
  error: string | null;
  onChange: (value: string) => void;
}

function LimitField({ resource, value, used, error, onChange }: LimitFieldProps) {
  const t = useTranslations("quota");
  const locale = useLocale();
  return (
    <Field
      label={t(`resource.${resource}`)}
      hint={t("limits.uses", {
        used: formatAmount(resource, used, locale),
        limit: formatAmount(resource, defaultLimits[resource], locale),
      })}
      error={error}
    >
      {(control) => (
        <Input
          {...control}
          name={resource}
          inputMode="numeric"
          autoComplete="off"
          unit={units[resource]}
          placeholder={String(defaultLimits[resource])}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A limit below what is used is allowed; what that means is said before it is saved. */
function BelowUse({ resources }: { resources: QuotaResource[] }) {
  const t = useTranslations("quota");
  const locale = useLocale();
  const names = resources.map((resource) => t(`resource.${resource}`));
  return (
    <Callout tone="warn" role="status" title={t("limits.belowTitle")}>
      {t("limits.below", { resources: new Intl.ListFormat(locale).format(names) })}
    </Callout>
  );
}
