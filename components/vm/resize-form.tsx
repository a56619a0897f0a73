"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { formatKib } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import { isRounding } from "@/lib/model/memory-modules";
import {
  askedByResize,
  judgeQuota,
  overMessage,
  type Quota,
  type QuotaResource,
} from "@/lib/model/quota";
import { resizeCommands } from "@/lib/model/resize-commands";
import { planResize } from "@/lib/model/resize-plan";
import { kibToMib } from "@/lib/model/units";
import type { VmDetail } from "@/lib/model/vm";
import { wholeNumber } from "./create/form-state";
import { PlanList } from "./plan-list";
import { XmlDifference } from "./preview/xml-difference";
import type { HostRoom, ResizeAction } from "./types";

interface ResizeFormProps {
  vm: VmDetail;
  room: HostRoom | null;
  quota: Quota;
  forbidden: string | null;
  resize: ResizeAction;
}

interface Typed {
  vcpus: string;
  memoryMib: string;
  roomToGrow: boolean;
  memoryModules: boolean;
}

/** Two figures and, before anything happens, the plan that the server will follow. */
export function ResizeForm({ vm, room, quota, forbidden, resize }: ResizeFormProps) {
  const t = useTranslations("vm.resize");
  const locale = useLocale();
  const put = useLivePut();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const router = useRouter();
  /** Null until the person types: until then the form follows libvirt. */
  const [typed, setTyped] = useState<Typed | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const [done, setDone] = useState<"now" | "later" | null>(null);

  const base = vm.pendingChanges || vm.bootId === null ? vm.next : vm.live;
  const shown = typed ?? {
    vcpus: String(base.vcpus),
    // A balloon is on its way after each start: what the next one has is what is meant.
    memoryMib: String(kibToMib(vm.next.memoryKib)),
    roomToGrow: hasRoom(vm),
    memoryModules: vm.modules.next !== null,
  };
  // A figure that is none is refused by the plan itself, with the reason.
  const asked = {
    vcpus: wholeNumber(shown.vcpus) ?? Number.NaN,
    memoryMib: wholeNumber(shown.memoryMib) ?? Number.NaN,
    roomToGrow: shown.roomToGrow,
    memoryModules: shown.memoryModules,
  };
  const plan = planResize(vm, asked, room ?? { cpuCount: 0, memoryKib: 0 });
  const lines =
    plan.possible && plan.changes ? judgeQuota(quota, askedByResize(vm.asked, vm, plan.next)) : [];

  function change(next: Partial<Typed>) {
    setTyped({ ...shown, ...next });
    setDone(null);
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null) return;
    setBusy(true);
    const lines = [plan.vcpus, plan.memory, plan.modules];
    const waits = lines.some(({ when }) => when === "next_boot");
    const seen = { live: vm.live, next: vm.next };
    const result = await callAction(() => resize({ vmId: vm.id, ...asked, seen }));
    setBusy(false);
    if (!result.ok) {
      setFailure(result.error.message);
      // Somebody else took the room: the figures on the page are old.
      if (result.error.code === "quota.exceeded") router.refresh();
      return;
    }
    put({ type: "vm", vm: result.value });
    setTyped(null);
    setDone(waits ? "later" : "now");
  }

  const blocked =
    forbidden ??
    (plan.possible ? null : t("refusedHint")) ??
    (plan.changes ? null : t("nothing")) ??
    overReason(lines);
  const errorOf = (resource: QuotaResource) => {
    const line = lines.find((each) => each.resource === resource && each.over);
    return line ? errorText(overMessage(line)) : null;
  };
  const ceiling = vm.bootId === null ? vm.next : vm.live;
  return (
    <Card title={t("title")} description={t("description")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("labelVcpus")}
            error={errorOf("vcpus")}
            hint={t("ceilingHint", { max: ceiling.maxVcpus })}
          >
            {(control) => (
              <Input
                {...control}
                name="vcpus"
                inputMode="numeric"
                autoComplete="off"
                value={shown.vcpus}
                onChange={(event) => change({ vcpus: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={t("labelMemory")}
            error={errorOf("memoryMib")}
            hint={t("ceilingHint", { max: formatKib(ceiling.maxMemoryKib, locale) })}
          >
            {(control) => (
              <Input
                {...control}
                name="memoryMib"
                inputMode="numeric"
                autoComplete="off"
                unit="MiB"
                value={shown.memoryMib}
                onChange={(event) => change({ memoryMib: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Checkbox
          name="roomToGrow"
          checked={shown.roomToGrow}
          onChange={(event) => change({ roomToGrow: event.target.checked })}
          label={t("roomToGrow")}
          hint={t("roomToGrowHint")}
        />
        <Checkbox
          name="memoryModules"
          checked={shown.memoryModules}
          onChange={(event) => change({ memoryModules: event.target.checked })}
          label={t("memoryModules")}
          hint={
            vm.modules.now === null
              ? t("memoryModulesHint")
              : t("memoryModulesLeft", { count: vm.modules.now.freeSlots })
          }
        />
        <PlanList plan={plan} />
        <QuotaPreview lines={lines} />
        <VirshLine commands={resizeCommands(vm, plan)} />
        <XmlDifference
          change={plan.possible && plan.changes ? { verb: "resizeVm", input: asked } : null}
        />
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        {done && (
          <Callout role="status" title={t("applied")}>
            {done === "now" ? t("appliedNow") : t("appliedLater")}
          </Callout>
        )}
        <div>
          <ReasonButton type="submit" variant="primary" busy={busy} disabledReason={blocked}>
            {t("apply")}
          </ReasonButton>
        </div>
      </form>
    </Card>
  );
}

/** Whether its memory can grow by the balloon; what a module rounds up is no room. */
function hasRoom({ next, modules }: VmDetail): boolean {
  if (modules.next !== null && isRounding(next.memoryKib, next.maxMemoryKib)) return false;
  return next.maxMemoryKib > next.memoryKib;
}
