"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { callAction } from "@/components/ui/call-action";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { PlanEnd } from "@/components/ui/plan-end";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { UserMessage } from "@/lib/model/errors";
import { judgeQuota } from "@/lib/model/quota";
import type { TransferPlan } from "@/lib/model/transfer";
import type { VmView } from "@/lib/model/vm";
import { TransferSummary } from "./transfer-summary";
import type { TransferTools } from "./types";

interface TransferDialogProps {
  vm: Pick<VmView, "id" | "name">;
  tools: TransferTools;
  onClose: () => void;
}

/** Where a VM goes, what goes along and what that takes there, before it is given away. */
export function TransferDialog({ vm, tools, onClose }: TransferDialogProps) {
  const t = useTranslations("vm.transfer");
  const router = useRouter();
  const overReason = useOverReason();
  const [to, setTo] = useState("");
  const { plan, against } = usePlan(vm.id, to, tools);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const target = plan?.targets.find((each) => each.id === to);
  const quota = target ? (plan?.quota ?? null) : null;
  const lines = plan && quota ? judgeQuota(quota, plan.asked) : [];
  const wanting = target === undefined ? t("chooseFirst") : null;
  const blocked =
    plan === null || (target !== undefined && quota === null)
      ? t("reading")
      : plan.targets.length === 0
        ? t("none")
        : (overReason(lines) ?? wanting);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null || target === undefined) return;
    setBusy(true);
    const result = await callAction(() => tools.transfer({ vmId: vm.id, toProjectId: to }));
    setBusy(false);
    setFailure(result.ok ? null : result.error.message);
    if (!result.ok) return;
    toast.ok(t("done", { name: vm.name, project: target.name }));
    router.push(`/p/${target.slug}/vms/${vm.id}`);
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("dialog", { name: vm.name })}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4 pb-2">
        {plan !== null && plan.targets.length > 0 && (
          <Field label={t("to")}>
            {(control) => (
              <Select {...control} value={to} onChange={({ target: { value } }) => setTo(value)}>
                <option value="">{t("choose")}</option>
                {plan.targets.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {plan?.targets.length === 0 && <p className="text-13 text-muted">{t("none")}</p>}
        {plan !== null && plan.targets.length > 0 && <TransferSummary plan={plan} />}
        <QuotaPreview lines={lines} />
        <PlanEnd
          reading={plan === null ? t("reading") : null}
          against={against}
          failure={failure}
          busy={busy}
          blocked={blocked}
          onCancel={onClose}
        >
          {t("confirm")}
        </PlanEnd>
      </form>
    </Dialog>
  );
}

/** Asks what goes along, and again for each project that is chosen; `against` says why nothing does. */
function usePlan(vmId: string, to: string, { plan: ask }: TransferTools) {
  const [plan, setPlan] = useState<TransferPlan | null>(null);
  const [against, setAgainst] = useState<UserMessage | null>(null);
  useEffect(() => {
    let left = false;
    // What was counted for another project does not stand for this one.
    setPlan((before) => before && { ...before, quota: null });
    void callAction(() => ask({ vmId, toProjectId: to === "" ? null : to })).then((result) => {
      if (left) return;
      setAgainst(result.ok ? null : result.error.message);
      if (result.ok) setPlan(result.value);
    });
    return () => {
      left = true;
    };
  }, [vmId, to, ask]);
  return { plan, against };
}
