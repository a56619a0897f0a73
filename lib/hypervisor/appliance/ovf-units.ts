/** Units that are written as words, in bytes. */
const words: Record<string, number> = {
  byte: 1,
  bytes: 1,
  kilobytes: 1024,
  kb: 1024,
  megabytes: 1024 ** 2,
  mb: 1024 ** 2,
  gigabytes: 1024 ** 3,
  gb: 1024 ** 3,
};

/** An amount with its unit as OVF writes it ("byte * 2^20", "MegaBytes") in bytes; null when unclear. */
export function amountOf(count: number | null, unit: string): number | null {
  if (count === null) return null;
  const power = /^byte\s*\*\s*(2|10)\s*\^\s*(\d{1,2})$/i.exec(unit.trim());
  const factor = power ? Number(power[1]) ** Number(power[2]) : words[unit.trim().toLowerCase()];
  const bytes = factor === undefined ? Number.NaN : count * factor;
  return Number.isSafeInteger(bytes) ? bytes : null;
}
