"use client";

import { useLocale, useTranslations } from "next-intl";
import { useChange } from "@/components/project/use-change";
import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import { Select } from "@/components/ui/select";
import type { BackupPool, BackupPoolInput } from "@/lib/model/backup-pool";
import type { ActionResult } from "@/lib/model/result";

export interface BackupPoolFieldProps {
  of: BackupPool;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  set: (input: BackupPoolInput) => Promise<ActionResult<BackupPool>>;
}

/** Where the backups of a host's VMs go. */
export function BackupPoolField({ of, forbidden, set }: BackupPoolFieldProps) {
  const t = useTranslations("backup.pool");
  const locale = useLocale();
  const { busy, run } = useChange();
  const { hostId, pool, choices } = of;
  const isGone = pool !== null && !choices.some((each) => each.name === pool);
  return (
    <Field label={t("label")} hint={forbidden ?? (choices.length === 0 ? t("none") : t("hint"))}>
      {(control) => (
        <Select
          {...control}
          className="max-w-md"
          disabled={forbidden !== null || busy}
          value={pool ?? ""}
          onChange={({ target: { value } }) =>
            void run(() => set({ hostId, pool: value === "" ? null : value }), t("saved"))
          }
        >
          <option value="">{t("own")}</option>
          {isGone && <option value={pool}>{t("gone", { name: pool })}</option>}
          {choices.map(({ name, active, availableBytes }) => (
            <option key={name} value={name} disabled={!active}>
              {active
                ? t("choice", { name, free: formatBytes(availableBytes, locale) })
                : t("inactive", { name })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
