"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";

interface DeleteProjectProps {
  project: { id: string; name: string };
  /** Why the person may not delete it; null when he may. */
  forbidden: string | null;
  remove: (input: { projectId: string; confirmName: string }) => Promise<ActionResult<void>>;
}

interface Failure {
  message: UserMessage;
  name: UserMessage | undefined;
}

/** Deletes an empty project; says what goes with it, and wants the name typed. */
export function DeleteProject({ project, forbidden, remove }: DeleteProjectProps) {
  const t = useTranslations("project.delete");
  const common = useTranslations("common");
  const router = useRouter();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const input = { projectId: project.id, confirmName: typed };
    const result = await callAction(() => remove(input));
    setBusy(false);
    if (!result.ok) {
      setFailure({ message: result.error.message, name: result.error.fields.confirmName });
      return;
    }
    toast.ok(t("done", { name: project.name }));
    router.push("/admin/projects");
  }

  return (
    <Card title={t("title")} description={t("description")}>
      <ReasonButton
        variant="dangerQuiet"
        icon={<Trash2 aria-hidden="true" />}
        disabledReason={forbidden}
        onClick={() => setOpen(true)}
      >
        {t("open")}
      </ReasonButton>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("question", { name: project.name })}
        description={t("plan")}
      >
        <form onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <Field
            label={t("type")}
            hint={t("typeHint", { name: project.name })}
            error={failure?.name && errorText(failure.name)}
          >
            {(control) => (
              <Input
                {...control}
                data-autofocus
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setFailure(null);
                }}
              />
            )}
          </Field>
          {failure && !failure.name && (
            <Callout tone="bad" role="alert">
              {errorText(failure.message)}
            </Callout>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
            <Button type="submit" variant="danger" busy={busy}>
              {t("confirm")}
            </Button>
          </div>
        </form>
      </Dialog>
    </Card>
  );
}
