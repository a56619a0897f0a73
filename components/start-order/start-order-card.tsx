"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFollowServer } from "@/components/shell/follow-server";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { useVmDetail } from "@/components/vm/use-vm-detail";
import type { ActionResult } from "@/lib/model/result";
import { type StartOrderView, type StartPlace, startPlaceSchema } from "@/lib/model/start-order";
import type { VmDetail } from "@/lib/model/vm";

interface StartOrderCardProps {
  detail: VmDetail;
  view: StartOrderView;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  set: (input: { vmId: string; place: StartPlace | null }) => Promise<ActionResult<StartOrderView>>;
}

/** Whether and as which one the portal starts the VM after its host has booted. */
export function StartOrderCard({ detail, view, forbidden, set }: StartOrderCardProps) {
  const t = useTranslations("startOrder");
  const errorText = useErrorText();
  const router = useRouter();
  const vm = useVmDetail(detail);
  useFollowServer(String(detail.autostart), String(vm.autostart));
  const { place, order } = view;
  const [position, setPosition] = useState(String(place?.position ?? 10));
  const [delay, setDelay] = useState(String(place?.delaySeconds ?? 0));
  const { busy, failure, submit } = useSubmit();
  const typed = startPlaceSchema.safeParse({
    position: Number(position),
    delaySeconds: Number(delay),
  });
  const same =
    typed.data?.position === place?.position && typed.data?.delaySeconds === place?.delaySeconds;
  const wrong = typed.success ? null : t("number");
  const nth = order.findIndex((each) => each.vmId === vm.id) + 1;

  async function save(asked: StartPlace | null) {
    if (!(await submit(() => set({ vmId: vm.id, place: asked })))) return;
    toast.ok(t("saved"));
    router.refresh();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (forbidden === null && typed.success && !same) void save(typed.data);
  }

  return (
    <Card title={t("title")}>
      <p role="status" className="font-medium">
        {place === null ? t("off") : t("on", { nth, count: order.length })}
      </p>
      {order[nth - 1]?.waiting && <p className="text-13">{t("waiting")}</p>}
      <p className="mt-1 mb-3 text-13 text-muted">{t("hint")}</p>
      {order.length > 0 && (
        <ol aria-label={t("order")} className="mb-3 list-decimal pl-5 text-13">
          {order.map((each) => (
            <li key={each.vmId}>
              {each.name}{" "}
              <span className="text-muted">{t("delayOf", { seconds: each.delaySeconds })}</span>
            </li>
          ))}
        </ol>
      )}
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("position")}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                disabled={forbidden !== null}
                value={position}
                onChange={({ target }) => setPosition(target.value)}
              />
            )}
          </Field>
          <Field label={t("delay")}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                disabled={forbidden !== null}
                value={delay}
                onChange={({ target }) => setDelay(target.value)}
              />
            )}
          </Field>
        </div>
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure)}
          </Callout>
        )}
        <div className="flex flex-wrap gap-2">
          <ReasonButton
            type="submit"
            size="sm"
            busy={busy}
            disabledReason={forbidden ?? wrong ?? (same ? t("same") : null)}
          >
            {t("set")}
          </ReasonButton>
          {place !== null && (
            <ReasonButton size="sm" disabledReason={forbidden} onClick={() => void save(null)}>
              {t("remove")}
            </ReasonButton>
          )}
        </div>
      </form>
    </Card>
  );
}
