"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useActionState, useId, useState } from "react";
import { useProof } from "@/components/account/prove-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import type { TokenScope } from "@/lib/policies/permissions";
import { type NewToken, tokenLimits } from "@/lib/policies/token";
import type { TokenActions } from "./types";

const dayMs = 86_400_000;
const lives = [7, 30, tokenLimits.defaultDays, 180, tokenLimits.maxDays] as const;

interface CreateTokenDialogProps {
  projectId: string | null;
  scopes: readonly TokenScope[];
  create: TokenActions["create"];
  onClose: () => void;
  onMade: (made: NewToken) => void;
}

type Failure = Extract<Awaited<ReturnType<TokenActions["create"]>>, { ok: false }>["error"];

/** Name, what it may and how long it lives: as little as the program needs. */
export function CreateTokenDialog(props: CreateTokenDialogProps) {
  const { projectId, scopes, create, onClose, onMade } = props;
  const t = useTranslations("token");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const format = useFormatter();
  const now = useNow();
  const router = useRouter();
  const prove = useProof();
  const formId = useId();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly TokenScope[]>(["read"]);
  const [days, setDays] = useState<number>(tokenLimits.defaultDays);
  const [error, submit, busy] = useActionState(async (): Promise<Failure | null> => {
    const asked = scopes.filter((each) => chosen.includes(each));
    const result = await prove(() =>
      create({ projectId, name, scopes: asked, expiresInDays: days }),
    );
    if (!result.ok) return result.error;
    router.refresh();
    onMade(result.value);
    return null;
  }, null);
  const fieldError = (field: string) => {
    const message = error?.fields[field];
    return message ? errorText(message) : null;
  };
  const scopesError = fieldError("scopes");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(projectId === null ? "personal.createTitle" : "project.createTitle")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form id={formId} action={submit} className="flex flex-col gap-4">
        {error && error.code !== "input.invalid" && (
          <Callout tone="bad" role="alert" title={errorText(error.message)} />
        )}
        <Field label={t("name")} hint={t("nameHint")} error={fieldError("name")}>
          {(control) => (
            <Input
              {...control}
              data-autofocus
              required
              autoComplete="off"
              maxLength={tokenLimits.nameLength}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset
          className="flex flex-col gap-2"
          aria-describedby={scopesError ? `${formId}-scopes` : undefined}
        >
          <legend className="mb-1.5 font-medium text-13">{t("scopes")}</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              checked={chosen.includes(scope)}
              label={<span className="font-mono text-13">{scope}</span>}
              hint={t(`scope.${scope}`)}
              onChange={(event) =>
                setChosen((before) =>
                  event.target.checked
                    ? [...before, scope]
                    : before.filter((each) => each !== scope),
                )
              }
            />
          ))}
          {scopesError && (
            <p id={`${formId}-scopes`} className="text-13 text-bad-text">
              {scopesError}
            </p>
          )}
        </fieldset>
        <Field
          label={t("expires")}
          hint={t("expiresHint", {
            date: format.dateTime(new Date(now.getTime() + days * dayMs), { dateStyle: "long" }),
          })}
          error={fieldError("expiresInDays")}
          className="max-w-56"
        >
          {(control) => (
            <Select
              {...control}
              value={days}
              onChange={(event) => setDays(Number(event.target.value))}
            >
              {lives.map((each) => (
                <option key={each} value={each}>
                  {t("days", { days: each })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </Dialog>
  );
}
