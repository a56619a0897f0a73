"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFollowServer } from "@/components/shell/follow-server";
import { Card } from "@/components/ui/card";
import { CardEnd } from "@/components/ui/card-end";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { XmlDifference } from "@/components/vm/preview/xml-difference";
import { useVmDetail } from "@/components/vm/use-vm-detail";
import type { ActionResult } from "@/lib/model/result";
import { type TunedParts, tuneProblem, type VmTuning } from "@/lib/model/tuning";
import { tuneCommands } from "@/lib/model/tuning-commands";
import type { VmDetail } from "@/lib/model/vm";

interface VmTuningCardProps {
  detail: VmDetail;
  view: VmTuning;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  tune: (input: TunedParts & { vmId: string }) => Promise<ActionResult<VmTuning>>;
}

/** Where the memory of the VM's next start comes from, and which threads serve its disks. */
export function VmTuningCard({ detail, view, forbidden, tune }: VmTuningCardProps) {
  const t = useTranslations("tuning.vm");
  const errorText = useErrorText();
  const router = useRouter();
  const vm = useVmDetail(detail);
  useFollowServer(String(detail.bootId), String(vm.bootId));
  const [asked, setAsked] = useState<TunedParts>(view.next);
  const { busy, failure, submit } = useSubmit();
  const { cells, pages, next } = view;
  const held = view.now?.hugePages ? pages : 0;
  const targets = next.disks.map(({ target }) => target);
  const problem = tuneProblem(asked, { cells, pages, held }, targets);
  const same = JSON.stringify(asked) === JSON.stringify(next) ? t("same") : null;
  const blocked = forbidden ?? (problem && errorText(problem)) ?? same;
  const change = (part: Partial<TunedParts>) => setAsked({ ...asked, ...part });

  /** A disk whose thread there is no longer goes back to QEMU's own. */
  function withThreads(ioThreads: number) {
    const within = (thread: number | null) => ((thread ?? 0) <= ioThreads ? thread : null);
    const disks = asked.disks.map((disk) => ({ ...disk, ioThread: within(disk.ioThread) }));
    change({ ioThreads, disks });
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (blocked !== null) return;
    if (!(await submit(() => tune({ vmId: vm.id, ...asked })))) return;
    toast.ok(t("saved"));
    router.refresh();
  }

  return (
    <Card title={t("title")} description={t("hint")}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
        <Checkbox
          label={t("hugePages")}
          hint={t("hugePagesHint", { pages })}
          disabled={forbidden !== null}
          checked={asked.hugePages}
          onChange={({ target }) => change({ hugePages: target.checked })}
        />
        {cells.length > 1 ? (
          <Field label={t("cell")}>
            {(control) => (
              <Select
                {...control}
                className="max-w-64"
                disabled={forbidden !== null}
                value={asked.memoryCells?.join(",") ?? ""}
                onChange={({ target }) =>
                  change({ memoryCells: target.value === "" ? null : [Number(target.value)] })
                }
              >
                <option value="">{t("anyCell")}</option>
                {cells.map(({ cell }) => (
                  <option key={cell} value={cell}>
                    {t("cellOf", { cell })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <p className="text-13 text-muted">{t("oneCell")}</p>
        )}
        <Field label={t("threads")} hint={t("threadsHint")}>
          {(control) => (
            <Select
              {...control}
              className="max-w-40"
              disabled={forbidden !== null}
              value={asked.ioThreads}
              onChange={({ target }) => withThreads(Number(target.value))}
            >
              {[...new Set([0, 1, 2, 3, 4, 8, asked.ioThreads])].map((count) => (
                <option key={count}>{count}</option>
              ))}
            </Select>
          )}
        </Field>
        {asked.ioThreads > 0 &&
          asked.disks.map(({ target, ioThread }) => (
            <Field key={target} label={t("disk", { target })}>
              {(control) => (
                <Select
                  {...control}
                  className="max-w-64"
                  disabled={forbidden !== null}
                  value={ioThread ?? ""}
                  onChange={(event) => {
                    const own = event.target.value === "" ? null : Number(event.target.value);
                    const disks = asked.disks.map((disk) =>
                      disk.target === target ? { target, ioThread: own } : disk,
                    );
                    change({ disks });
                  }}
                >
                  <option value="">{t("mainThread")}</option>
                  {Array.from({ length: asked.ioThreads }, (_, index) => index + 1).map(
                    (thread) => (
                      <option key={thread} value={thread}>
                        {t("thread", { thread })}
                      </option>
                    ),
                  )}
                </Select>
              )}
            </Field>
          ))}
        {view.now !== null && JSON.stringify(view.now) !== JSON.stringify(next) && (
          <p role="status" className="rounded-md bg-raised px-3 py-2.5 text-13">
            {t("waits")}
          </p>
        )}
        {blocked === null && (
          <>
            <VirshLine commands={tuneCommands(vm.domainName, asked)} />
            <XmlDifference change={{ verb: "tuneVm", input: asked }} />
          </>
        )}
        <CardEnd failure={failure} busy={busy} blocked={blocked}>
          {t("save")}
        </CardEnd>
      </form>
    </Card>
  );
}
