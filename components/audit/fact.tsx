import { useLocale, useTranslations } from "next-intl";
import { formatBytes, formatSeconds } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { AuditView } from "@/lib/model/audit";
import { BYTES_PER_GIB } from "@/lib/model/units";

const KIB = 1024;

/** Bytes in one unit of a number whose name ends so. */
const units: [ending: string, bytes: number][] = [
  ["Kib", KIB],
  ["Mib", KIB * KIB],
  ["Gib", BYTES_PER_GIB],
  ["Bytes", 1],
];

interface FactProps {
  name: string;
  value: AuditView["detail"][string];
}

/** A fact's value for people: sizes, durations and instants by the ending of its name. */
export function Fact({ name, value }: FactProps) {
  const t = useTranslations("audit");
  const locale = useLocale();
  if (value === null || value === "") return <span className="text-muted">{t("nothing")}</span>;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") {
    const unit = units.find(([ending]) => name.endsWith(ending));
    if (unit) return formatBytes(value * unit[1], locale);
    return name === "seconds" ? formatSeconds(value, locale) : value.toLocaleString(locale);
  }
  const isInstant = name.endsWith("At") && !Number.isNaN(Date.parse(value));
  return isInstant ? <LocalTime at={value} /> : <span className="break-words">{value}</span>;
}
