"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Card } from "@/components/ui/card";
import { CardEnd } from "@/components/ui/card-end";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { freezeLimits } from "@/lib/model/guest/freeze";
import type { GuestFilesystem } from "@/lib/model/guest/guest";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import type { FreezeGuestAction } from "./types";

interface FreezeCardProps {
  vm: VmDetail;
  filesystems: GuestFilesystem[];
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  freezeGuest: FreezeGuestAction;
}

/** Brings file systems to rest, for whoever copies the disks by other means. */
export function FreezeCard({ vm, filesystems, forbidden, freezeGuest }: FreezeCardProps) {
  const t = useTranslations("guest.freeze");
  const router = useRouter();
  const { busy, failure, submit } = useSubmit();
  const [seconds, setSeconds] = useState(String(freezeLimits.usual));
  const [left, setLeft] = useState<readonly string[]>([]);

  const all = [...new Set(filesystems.map(({ mountpoint }) => mountpoint))];
  const chosen = all.filter((each) => !left.includes(each));
  const count = Number(seconds);
  const { least, most } = freezeLimits;
  const fits = Number.isInteger(count) && count >= least && count <= most;
  const reason =
    forbidden ??
    (fits ? null : t("range", { least, most })) ??
    (all.length > 0 && chosen.length === 0 ? t("none") : null);
  // All are said by their absence: so those of which the agent does not tell rest, too.
  const named = left.length === 0 ? [] : chosen;
  const words = ["domfsfreeze", vm.domainName, ...named.flatMap((each) => ["--mountpoint", each])];

  async function freeze(event: FormEvent) {
    event.preventDefault();
    if (reason !== null) return;
    const input = { vmId: vm.id, seconds: count, ...(named.length > 0 && { mountpoints: named }) };
    if (await submit(() => freezeGuest(input))) router.refresh();
  }

  return (
    <Card title={t("title")} description={t("hint")}>
      <form onSubmit={freeze} className="flex flex-col items-start gap-4">
        <Field label={t("seconds")} hint={t("secondsHint")} className="w-full max-w-xs">
          {(control) => (
            <Input
              {...control}
              type="number"
              required
              min={least}
              max={most}
              disabled={forbidden !== null}
              value={seconds}
              onChange={(event) => setSeconds(event.target.value)}
            />
          )}
        </Field>
        {all.length > 1 && (
          <fieldset className="flex min-w-0 flex-col gap-1.5">
            <legend className="mb-1 font-medium text-13">{t("which")}</legend>
            {all.map((each) => (
              <Checkbox
                key={each}
                label={<span className="break-all font-mono text-xs">{each}</span>}
                disabled={forbidden !== null}
                checked={!left.includes(each)}
                onChange={({ target }) =>
                  setLeft(target.checked ? left.filter((one) => one !== each) : [...left, each])
                }
              />
            ))}
          </fieldset>
        )}
        <CardEnd failure={failure} busy={busy} blocked={reason}>
          {t("freeze")}
        </CardEnd>
      </form>
      <div className="mt-4">
        <VirshLine commands={[virshLine(words), virshLine(["domfsthaw", vm.domainName])]} />
      </div>
    </Card>
  );
}
