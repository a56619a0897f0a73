"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";

interface CreateProjectProps {
  /** Why the person may not make one; null when he may. */
  forbidden: string | null;
  create: (input: { name: string }) => Promise<ActionResult<{ slug: string }>>;
}

/** Asks for the one thing a project needs, its name, and leads to its page. */
export function CreateProject({ forbidden, create }: CreateProjectProps) {
  const t = useTranslations("project.create");
  const common = useTranslations("common");
  const router = useRouter();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const result = await callAction(() => create({ name }));
    setBusy(false);
    if (result.ok) router.push(`/admin/projects/${result.value.slug}`);
    else setFailure(result.error.fields.name ?? result.error.message);
  }

  return (
    <>
      <ReasonButton
        variant="primary"
        icon={<Plus aria-hidden="true" />}
        align="end"
        disabledReason={forbidden}
        onClick={() => setOpen(true)}
      >
        {t("title")}
      </ReasonButton>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        description={t("description")}
      >
        <form onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <Field label={t("name")} hint={t("nameHint")} error={failure && errorText(failure)}>
            {(control) => (
              <Input
                {...control}
                data-autofocus
                name="name"
                required
                maxLength={60}
                autoComplete="off"
                value={name}
                onChange={(event) => {
                  setName(event.target.value);
                  setFailure(null);
                }}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" busy={busy}>
              {t("submit")}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
