"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useProof } from "@/components/account/prove-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserView } from "@/lib/services/user/get-user";
import type { Heir, Holdings } from "@/lib/services/user/list-holdings";
import { deleteUserAction } from "../actions";

interface DeleteDialogProps {
  user: UserView;
  holdings: Holdings;
  onClose: () => void;
}

type Failure = Extract<Awaited<ReturnType<typeof deleteUserAction>>, { ok: false }>["error"];

/** Asks who takes over what would belong to nobody, and wants the address typed. */
export function DeleteDialog({ user, holdings, onClose }: DeleteDialogProps) {
  const t = useTranslations("user.admin.delete");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const router = useRouter();
  const call = useProof();
  const form = useId();
  const [owners, setOwners] = useState<Record<string, string>>(
    Object.fromEntries(holdings.projects.map(({ id, heirs }) => [id, heirs[0]?.id ?? ""])),
  );
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fieldError = (name: string) => {
    const message = failure?.fields[name];
    return message ? errorText(message) : null;
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const result = await call(() =>
      deleteUserAction({
        userId: user.id,
        confirmEmail: typed,
        owners: Object.entries(owners).map(([projectId, userId]) => ({ projectId, userId })),
      }),
    );
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    toast.ok(t("deleted", { name: user.name }));
    router.push("/admin/users");
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("dialogTitle", { name: user.name })}
      description={t("dialogBody")}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" form={form} variant="danger" busy={busy}>
            {t("delete")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {failure && failure.code !== "input.invalid" && (
          <Callout tone="bad" role="alert" title={errorText(failure.message)} />
        )}
        {holdings.projects.map((project) => (
          <HeirField
            key={project.id}
            label={t("projectTo", { project: project.name })}
            hint={t("projectVms", { count: project.vms })}
            error={fieldError(`owners.${project.id}`)}
            heirs={project.heirs}
            value={owners[project.id] ?? ""}
            onChange={(heir) => setOwners({ ...owners, [project.id]: heir })}
          />
        ))}
        {holdings.projectTokens > 0 && (
          <Callout tone="warn" title={t("tokensEnd", { count: holdings.projectTokens })}>
            {t("tokensEndHint")}
          </Callout>
        )}
        <Field
          label={t("confirm")}
          hint={t("confirmHint", { email: user.email })}
          error={fieldError("confirmEmail")}
        >
          {(control) => (
            <Input
              {...control}
              required
              maxLength={254}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

interface HeirFieldProps {
  label: string;
  hint: string;
  error: string | null;
  heirs: Heir[];
  value: string;
  onChange: (userId: string) => void;
}

function HeirField({ label, hint, error, heirs, value, onChange }: HeirFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Select
          {...control}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {heirs.map((heir) => (
            <option key={heir.id} value={heir.id}>
              {heir.name} ({heir.email})
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
