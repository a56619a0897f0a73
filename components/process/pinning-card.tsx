"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFollowServer } from "@/components/shell/follow-server";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CardEnd } from "@/components/ui/card-end";
import { Input } from "@/components/ui/input";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { XmlDifference } from "@/components/vm/preview/xml-difference";
import { useVmDetail } from "@/components/vm/use-vm-detail";
import { formatCpuSet } from "@/lib/model/cpu-set";
import { planPin } from "@/lib/model/pin-plan";
import { cpusOf, type PinningView, pinCommands, sharedWith } from "@/lib/model/pinning";
import type { ActionResult } from "@/lib/model/result";
import type { VmDetail } from "@/lib/model/vm";
import { PinPicture } from "./pin-picture";
import { askedOf, ownOf, rowsOf, setOf, type TypedPins } from "./pin-rows";

export type PinAction = (
  input: ReturnType<typeof askedOf> & { vmId: string },
) => Promise<ActionResult<PinningView>>;

interface PinningCardProps {
  detail: VmDetail;
  view: PinningView;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  pin: PinAction;
}

/** What the VM's threads are bound to, beside what others are. */
export function PinningCard({ detail, view, forbidden, pin }: PinningCardProps) {
  const t = useTranslations("process.pin");
  const errorText = useErrorText();
  const router = useRouter();
  const vm = useVmDetail(detail);
  useFollowServer(String(detail.bootId), String(vm.bootId));
  const [typed, setTyped] = useState<TypedPins>({});
  const { busy, failure, submit } = useSubmit();

  const all = cpusOf(view.cells);
  const rows = rowsOf(view, typed);
  const broken = rows.some((row) => setOf(row.text) === undefined);
  const asked = askedOf(rows, all);
  const same = asked.vcpus.length === 0 && asked.emulator === undefined;
  const plan = planPin(vm, asked, all);
  const problem = plan.problem && errorText(plan.problem);
  const blocked =
    forbidden ??
    (broken ? errorText({ key: "pin.not_a_set" }) : null) ??
    (same ? t("same") : problem);
  const own = ownOf(rows, all);
  const shared = sharedWith(own, view.neighbours);
  const nameOf = (vcpu: number | null) => (vcpu === null ? t("emulator") : t("vcpu", { vcpu }));

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (!(await submit(() => pin({ vmId: vm.id, ...asked })))) return;
    toast.ok(t("saved"));
    setTyped({});
    router.refresh();
  }

  return (
    <Card title={t("title")} description={t("hint")}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
        <PinPicture cells={view.cells} own={own} neighbours={view.neighbours} />
        <Table aria-label={t("title")}>
          <thead>
            <Tr>
              <Th>{t("thread")}</Th>
              <Th>{t("now")}</Th>
              <Th>{t("cpus")}</Th>
            </Tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Tr key={row.key}>
                <Td className="whitespace-nowrap">{nameOf(row.vcpu)}</Td>
                <Td className="font-mono text-muted text-xs">
                  {row.now === undefined
                    ? t("off")
                    : (row.now && formatCpuSet(row.now)) || t("any")}
                </Td>
                <Td>
                  <Input
                    aria-label={t("cpusOf", { thread: nameOf(row.vcpu) })}
                    aria-invalid={setOf(row.text) === undefined || undefined}
                    className="min-w-32 max-w-64 font-mono"
                    autoComplete="off"
                    spellCheck={false}
                    placeholder={t("any")}
                    disabled={forbidden !== null}
                    value={row.text}
                    onChange={({ target }) => setTyped({ ...typed, [row.key]: target.value })}
                  />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
        <p className="text-13 text-muted">{t("emulatorHint")}</p>
        {shared.length > 0 && (
          <Callout tone="warn" role="status">
            {t("shared", {
              list: shared
                .map(({ name, cpus }) => t("sharedItem", { name, cpus: formatCpuSet(cpus) }))
                .join(", "),
            })}
          </Callout>
        )}
        {blocked === null && (
          <>
            <p role="status" className="rounded-md bg-raised px-3 py-2.5 text-13">
              {t(plan.live ? "live" : "offNote")}
            </p>
            <VirshLine commands={pinCommands(vm.domainName, asked, all, plan.live)} />
            <XmlDifference change={{ verb: "pinVm", input: asked }} />
          </>
        )}
        <CardEnd failure={failure} busy={busy} blocked={blocked}>
          {t("save")}
        </CardEnd>
      </form>
    </Card>
  );
}
