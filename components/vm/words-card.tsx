"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { controlClass, Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { ActionFailure } from "@/lib/model/result";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { XmlDifference } from "./preview/xml-difference";
import type { UpdateVmAction } from "./types";
import { useVmDetail } from "./use-vm-detail";

interface WordsCardProps {
  detail: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  update: UpdateVmAction;
}

/** What people call the VM and say of it. */
export function WordsCard({ detail, forbidden, update }: WordsCardProps) {
  const t = useTranslations("vm");
  const errorText = useErrorText();
  const put = useLivePut();
  const vm = useVmDetail(detail);
  // Null: not touched, and as whoever else changes it.
  const [name, setName] = useState<string | null>(null);
  const [description, setDescription] = useState<string | null>(null);
  const [tags, setTags] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  const asked = {
    name: changed(name?.trim(), vm.name),
    description: changed(description?.trim(), vm.description),
    tags: tags === null || wordsOf(tags).join() === vm.tags.join() ? undefined : wordsOf(tags),
  };
  const same = Object.values(asked).every((each) => each === undefined);
  const deleting = vm.state === "deleting" ? t("power.why.deleting") : null;
  const errorOf = (field: string) => {
    const found = Object.entries(failure?.fields ?? {}).find(([key]) => key.startsWith(field));
    return found && errorText(found[1]);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || same || forbidden !== null) return;
    setBusy(true);
    const result = await callAction(() => update({ vmId: vm.id, ...asked }));
    setBusy(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    put({ type: "vm", vm: result.value });
    setName(null);
    setDescription(null);
    setTags(null);
    toast.ok(t("words.saved"));
  }

  const shownName = name ?? vm.name;
  const shownDescription = description ?? vm.description;
  const desc = ["desc", vm.domainName, vm.bootId !== null && "--live", "--config"];
  const unplaced = failure !== null && Object.keys(failure.fields).length === 0;
  return (
    <Card title={t("words.title")}>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <Field
          label={t("words.name")}
          hint={t("words.nameHint", { domain: vm.domainName })}
          error={errorOf("name")}
          className="w-full max-w-md"
        >
          {(control) => (
            <Input
              {...control}
              required
              maxLength={vmLimits.nameLength}
              autoComplete="off"
              disabled={forbidden !== null}
              value={shownName}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t("words.description")}
          hint={t("words.descriptionHint")}
          error={errorOf("description")}
          className="w-full"
        >
          {(control) => (
            <textarea
              {...control}
              rows={4}
              maxLength={vmLimits.descriptionLength}
              disabled={forbidden !== null}
              value={shownDescription}
              onChange={(event) => setDescription(event.target.value)}
              className={`${controlClass} h-auto py-2`}
            />
          )}
        </Field>
        <Field
          label={t("words.tags")}
          hint={t("words.tagsHint")}
          error={errorOf("tags")}
          className="w-full max-w-md"
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              disabled={forbidden !== null}
              value={tags ?? vm.tags.join(" ")}
              onChange={(event) => setTags(event.target.value)}
            />
          )}
        </Field>
        {unplaced && (
          <Callout tone="bad" role="alert">
            {errorText(failure.message)}
          </Callout>
        )}
        <ReasonButton
          type="submit"
          size="sm"
          busy={busy}
          disabledReason={forbidden ?? deleting ?? (same ? t("words.same") : null)}
        >
          {t("words.save")}
        </ReasonButton>
      </form>
      <div className="mt-3 flex flex-col gap-3">
        <VirshLine
          commands={[
            virshLine([...desc, "--title", "--new-desc", shownName]),
            virshLine([...desc, "--new-desc", shownDescription]),
          ]}
        />
        <XmlDifference change={same ? null : { verb: "updateVm", input: asked }} />
      </div>
    </Card>
  );
}

function changed(value: string | undefined, before: string): string | undefined {
  return value === before ? undefined : value;
}

/** Sorted and each once, as they are kept. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,，、]+/);
  return [...new Set(words.filter((word) => word !== ""))].sort();
}
