"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** The first address with a copy button; the others by count. */
export function AddressCell({ addresses }: { addresses: readonly string[] }) {
  const t = useTranslations("vm.list");
  const [first, ...others] = addresses;
  if (first === undefined) return <span className="text-muted">{t("noAddress")}</span>;
  return (
    <span className="inline-flex items-center gap-1">
      <span className="whitespace-nowrap font-mono text-xs">{first}</span>
      <CopyButton text={first} />
      {others.length > 0 && (
        <span className="text-muted text-xs" title={others.join("\n")}>
          {t("moreAddresses", { count: others.length })}
        </span>
      )}
    </span>
  );
}
