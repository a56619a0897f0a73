"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { RadioCard } from "@/components/ui/radio-card";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import type { SnapshotSet } from "@/lib/model/snapshot";
import { deleteCommands } from "@/lib/model/snapshot-commands";
import { planDelete } from "@/lib/model/snapshot-plan";
import { withDescendants } from "@/lib/model/snapshot-tree";
import type { SnapshotActions } from "./types";

interface DeleteDialogProps {
  vmId: string;
  set: SnapshotSet;
  name: string;
  remove: SnapshotActions["remove"];
  onClose: () => void;
}

/** Alone, or with what grew out of it; which way is possible, the plan says. */
export function DeleteDialog({ vmId, set, name, remove, onClose }: DeleteDialogProps) {
  const t = useTranslations("snapshot.delete");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { busy, failure, submit } = useSubmit();
  const alone = planDelete(set, name, false);
  const later = withDescendants(set.snapshots, name).slice(1);
  const [children, setChildren] = useState(alone.problem !== null && later.length > 0);
  const plan = children ? planDelete(set, name, true) : alone;
  const blocked = plan.problem ? errorText(plan.problem) : null;

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (!(await submit(() => remove({ vmId, snapshot: name, children })))) return;
    toast.info(t("started", { name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name })} description={t("body")}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4 pb-2">
        {later.length > 0 && (
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">{t("which")}</legend>
            <RadioCard
              name="children"
              checked={!children}
              disabled={alone.problem !== null}
              onChange={() => setChildren(false)}
              label={t("alone")}
              hint={alone.problem ? errorText(alone.problem) : t("aloneHint")}
            />
            <RadioCard
              name="children"
              checked={children}
              onChange={() => setChildren(true)}
              label={t("children", { count: later.length })}
              hint={later.map((each) => each.name).join(", ")}
            />
          </fieldset>
        )}
        {blocked !== null && <Callout tone="bad">{blocked}</Callout>}
        {plan.steps.some((step) => step.how === "merge") && <Callout>{t("merge")}</Callout>}
        <VirshLine commands={deleteCommands(set, plan)} />
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <div className="flex justify-end gap-2">
          <Button data-autofocus onClick={onClose}>
            {common("cancel")}
          </Button>
          <ReasonButton
            type="submit"
            variant="danger"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </div>
      </form>
    </Dialog>
  );
}
