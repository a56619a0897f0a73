"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { formatKib } from "@/components/ui/format";
import { ReasonButton } from "@/components/ui/reason-button";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { TypedNameField } from "@/components/ui/typed-name-field";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { askedByResize, askedBySnapshot, judgeQuota, type Quota } from "@/lib/model/quota";
import type { SnapshotSet, SnapshotView } from "@/lib/model/snapshot";
import { revertCommands } from "@/lib/model/snapshot-commands";
import { planCreate, planRevert } from "@/lib/model/snapshot-plan";
import type { VmDetail } from "@/lib/model/vm";
import type { SnapshotActions } from "./types";

interface RevertDialogProps {
  vm: VmDetail;
  set: SnapshotSet;
  to: SnapshotView;
  quota: Quota;
  suggested: string;
  revert: SnapshotActions["revert"];
  onClose: () => void;
}

/** Says what is lost, offers to keep it, and wants the name typed. */
export function RevertDialog(props: RevertDialogProps) {
  const { vm, set, to, quota, suggested, revert, onClose } = props;
  const t = useTranslations("snapshot.revert");
  const locale = useLocale();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const { busy, failure, submit } = useSubmit();
  const plan = planRevert(set, to.name, vm.next);
  const firstPlan = planCreate(set, { name: suggested });
  const noFirst = firstPlan.problem;
  const [wantsFirst, setFirst] = useState(true);
  const [typed, setTyped] = useState("");
  const [mismatch, setMismatch] = useState(false);
  const first = wantsFirst && noFirst === null ? suggested : null;
  const lines = judgeQuota(quota, {
    ...(plan.resizes ? askedByResize(vm.asked, vm, to.sizes) : {}),
    ...(first === null ? {} : askedBySnapshot),
  });
  const blocked = plan.problem ? errorText(plan.problem) : overReason(lines);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (typed.trim().normalize("NFC") !== to.name) {
      setMismatch(true);
      return;
    }
    const input = { vmId: vm.id, snapshot: to.name, first, confirmName: typed };
    if (!(await submit(() => revert(input)))) return;
    toast.info(t("started", { name: to.name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name: to.name })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        {plan.problem ? (
          <Callout tone="bad">{errorText(plan.problem)}</Callout>
        ) : (
          <Callout tone="warn" title={t(first === null ? "lost" : "kept")}>
            <ul className="mt-1 list-disc pl-5">
              <li>{t.rich("disks", { time: () => <TimeAgo at={to.createdAt} /> })}</li>
              {plan.cutsOff && !(first !== null && firstPlan.memory) && <li>{t("cutsOff")}</li>}
              <li>{t(afterKey(plan.runs, to.content))}</li>
              {plan.resizes && (
                <li>
                  {t("resizes", {
                    vcpus: to.sizes.vcpus,
                    memory: formatKib(to.sizes.memoryKib, locale),
                  })}
                </li>
              )}
            </ul>
          </Callout>
        )}
        {plan.problem === null && (
          <>
            <Checkbox
              label={t("first", { name: suggested })}
              hint={noFirst ? errorText(noFirst) : t("firstHint")}
              disabled={noFirst !== null}
              checked={first !== null}
              onChange={(event) => setFirst(event.target.checked)}
            />
            <QuotaPreview lines={lines} />
            <VirshLine commands={revertCommands(set, to, plan, first)} />
            <TypedNameField
              label={t("type")}
              hint={t("typeHint", { name: to.name })}
              error={mismatch && t("mismatch")}
              value={typed}
              onType={(value) => {
                setTyped(value);
                setMismatch(false);
              }}
            />
          </>
        )}
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="danger"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}

function afterKey(runs: boolean, content: SnapshotView["content"]) {
  if (content === "memory") return "goesOn";
  return runs ? "starts" : "staysOff";
}
