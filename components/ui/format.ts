const KIB = 1024;
const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** Bytes in binary units with at most one decimal: "58 MiB", "1.4 GiB". */
export function formatBytes(sizeBytes: number, locale: string): string {
  let value = Math.max(0, sizeBytes);
  let unit = 0;
  while (value >= KIB && unit < byteUnits.length - 1) {
    value /= KIB;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return `${number} ${byteUnits[unit]}`;
}

/** KiB, libvirt's unit of memory, as "512 MiB" or "4 GiB". */
export function formatKib(memoryKib: number, locale: string): string {
  return formatBytes(memoryKib * KIB, locale);
}

/** Whole seconds as "45 s", "3 min 20 s" or "2 h 5 min", in the locale's words. */
export function formatSeconds(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const parts: [number, string][] =
    hours > 0
      ? [
          [hours, "hour"],
          [minutes, "minute"],
        ]
      : [
          [minutes, "minute"],
          [whole % 60, "second"],
        ];
  return parts
    .filter(([value], index) => value > 0 || (index === 1 && whole === 0))
    .map(([value, unit]) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value),
    )
    .join(" ");
}
