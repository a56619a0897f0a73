import { formatBytes } from "@/components/ui/format";
import type { QuotaResource } from "@/lib/model/quota";
import { BYTES_PER_GIB } from "@/lib/model/units";

const bytesPerMib = 1024 ** 2;

/** An amount with its unit where it has one: "6", "1.5 GiB". */
export function formatAmount(resource: QuotaResource, amount: number, locale: string): string {
  if (resource === "memoryMib") return formatBytes(amount * bytesPerMib, locale);
  if (resource === "diskGib" || resource === "imageGib") {
    return formatBytes(amount * BYTES_PER_GIB, locale);
  }
  return new Intl.NumberFormat(locale).format(amount);
}
