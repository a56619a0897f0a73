"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { withBase } from "@/lib/base-path";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";

interface RenameFormProps {
  project: { id: string; slug: string; name: string };
  /** Why the person may not rename it; null when he may. */
  forbidden: string | null;
  rename: (input: { projectId: string; name: string }) => Promise<ActionResult<void>>;
}

/** Another name for the project; its address stays. */
export function RenameForm({ project, forbidden, rename }: RenameFormProps) {
  const t = useTranslations("project.settings");
  const router = useRouter();
  const errorText = useErrorText();
  const [name, setName] = useState(project.name);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const same = name.trim() === project.name;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || same || forbidden !== null) return;
    setBusy(true);
    const result = await callAction(() => rename({ projectId: project.id, name }));
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.fields.name ?? result.error.message);
      return;
    }
    setFailure(null);
    toast.ok(t("renamed"));
    router.refresh();
  }

  return (
    <Card title={t("name")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <Field
          label={t("label")}
          hint={t("addressStays", { address: withBase(`/p/${project.slug}`) })}
          error={failure && errorText(failure)}
          className="w-full max-w-md"
        >
          {(control) => (
            <Input
              {...control}
              name="name"
              required
              maxLength={60}
              autoComplete="off"
              disabled={forbidden !== null}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <ReasonButton
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={forbidden ?? (same ? t("same") : null)}
        >
          {t("rename")}
        </ReasonButton>
      </form>
    </Card>
  );
}
