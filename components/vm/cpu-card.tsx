"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CardEnd } from "@/components/ui/card-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { type CpuChoices, type ReadCpu, vcpusOf } from "@/lib/model/cpu";
import { cpuCommands } from "@/lib/model/cpu-commands";
import { planCpu } from "@/lib/model/cpu-plan";
import type { VmDetail } from "@/lib/model/vm";
import { CpuModelField } from "./cpu-model-field";
import { wholeNumber } from "./create/form-state";
import { XmlDifference } from "./preview/xml-difference";
import type { CpuAction } from "./types";
import { useHardwareCall } from "./use-hardware-call";
import { useVmDetail } from "./use-vm-detail";

interface CpuCardProps {
  detail: VmDetail;
  /** Null while the host does not tell: then the model stays. */
  choices: CpuChoices | null;
  /** 0 where it is not known. */
  hostCpuCount: number;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  set: CpuAction;
}

const counts = ["max", "sockets", "cores", "threads"] as const;
type Typed = Partial<Record<(typeof counts)[number] | "model", string>>;

/** Maximum, topology and model of a VM's processors, from its next start on. */
export function CpuCard({ detail, choices, hostCpuCount, forbidden, set }: CpuCardProps) {
  const t = useTranslations("vm.cpu");
  const errorText = useErrorText();
  const vm = useVmDetail(detail);
  // Empty: not touched, and as whoever else changes it.
  const [typed, setTyped] = useState<Typed>({});
  const { run, busy, failure } = useHardwareCall(() => setTyped({}));
  const cpuText = useCpuText();
  const { cpu } = vm;
  if (cpu === null) return null;

  const was = cpu.next.topology ?? { sockets: vm.next.maxVcpus, cores: 1, threads: 1 };
  const shown = {
    max: typed.max ?? String(vm.next.maxVcpus),
    sockets: typed.sockets ?? String(was.sockets),
    cores: typed.cores ?? String(was.cores),
    threads: typed.threads ?? String(was.threads),
  };
  // A figure that is none is refused by the plan itself, with the reason.
  const figure = (text: string) => wholeNumber(text) ?? Number.NaN;
  const asked = {
    maxVcpus: figure(shown.max),
    sockets: figure(shown.sockets),
    cores: figure(shown.cores),
    threads: figure(shown.threads),
    ...(typed.model !== undefined && { model: typed.model }),
  };
  const host = { cpuCount: hostCpuCount, choices: choices ?? { modes: [], models: [] } };
  const plan = planCpu({ ...vm, cpu }, asked, host);
  const problem = plan.problem && errorText(plan.problem);
  const blocked = forbidden ?? problem ?? (plan.when === "unchanged" ? t("plan.unchanged") : null);
  const product = vcpusOf(asked);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null) return;
    void run(() => set({ vmId: vm.id, ...asked }), t("saved"));
  }

  return (
    <Card title={t("title")} description={t("hint")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {counts.map((name) => (
            <Field key={name} label={t(name)}>
              {(control) => (
                <Input
                  {...control}
                  name={name}
                  inputMode="numeric"
                  autoComplete="off"
                  disabled={forbidden !== null}
                  value={shown[name]}
                  onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        <p className="text-13 text-muted">
          {t("maxHint")} {t("socketsHint")}
        </p>
        <CpuModelField
          choices={choices}
          before={cpu.next.model}
          chosen={typed.model ?? null}
          disabled={forbidden !== null}
          onChoose={(model) => setTyped({ ...typed, model })}
        />
        {cpu.now !== null && !same(cpu.now, cpu.next) && (
          <Callout role="status">{t("runs", { cpu: cpuText(cpu.now) })}</Callout>
        )}
        <div role="status" className="rounded-md bg-raised px-3 py-2.5 text-13">
          {Number.isFinite(product) && (
            <p className="font-medium">{t("product", { ...asked, product })}</p>
          )}
          <p className={problem ? "text-bad-text" : "text-muted"}>
            {problem ?? t(`plan.${plan.when}`)}
          </p>
        </div>
        {plan.problem === null && plan.when !== "unchanged" && (
          <>
            <VirshLine commands={cpuCommands(vm.domainName, plan)} />
            <XmlDifference change={{ verb: "setVmCpu", input: asked }} />
          </>
        )}
        <CardEnd failure={failure} busy={busy} blocked={blocked}>
          {t("save")}
        </CardEnd>
      </form>
    </Card>
  );
}

function same(one: ReadCpu, other: ReadCpu): boolean {
  // What runs names the model that a mode came to, which is no difference.
  const told = one.topology ?? { sockets: 0, cores: 0, threads: 0 };
  const next = other.topology ?? { sockets: 0, cores: 0, threads: 0 };
  const arranged =
    told.sockets === next.sockets && told.cores === next.cores && told.threads === next.threads;
  return arranged && (one.model === other.model || other.model === "host-model");
}

/** Topology and model in one line. */
function useCpuText(): (cpu: ReadCpu) => string {
  const t = useTranslations("vm.cpu");
  return ({ topology, model }) =>
    [topology ? t("arrangement", { ...topology }) : t("each"), model ?? t("own")].join(", ");
}
