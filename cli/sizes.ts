import { usageError } from "./cli-error";

const mibOf: Record<string, number> = {
  mib: 1,
  m: 1,
  gib: 1024,
  g: 1024,
  tib: 1024 ** 2,
  t: 1024 ** 2,
};

/** "2GiB", "512MiB" or a bare number in the unit given, as a whole number of MiB. */
function parseMib(text: string, bareMib: number, option: string): number {
  const match = text.trim().match(/^(\d+(?:\.\d+)?)\s*([a-z]*)$/i);
  const unit = match?.[2]?.toLowerCase() ?? "";
  const factor = unit === "" ? bareMib : mibOf[unit];
  if (!match || factor === undefined) throw usageError(`--${option} ${text}: like 2GiB or 512MiB`);
  return Number(match[1]) * factor;
}

/** A memory size in MiB; a bare number is MiB. */
export function memoryMib(text: string, option = "memory"): number {
  return Math.round(parseMib(text, 1, option));
}

/** A disk size in GiB; a bare number is GiB. */
export function diskGib(text: string, option = "disk"): number {
  const gib = parseMib(text, 1024, option) / 1024;
  if (Number.isInteger(gib)) return gib;
  throw usageError(`--${option} ${text}: whole GiB only`);
}

/** A count such as `--vcpus 4`. */
export function countOf(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usageError(`--${option} ${text}: a whole number`);
  return Number(text);
}

/** KiB as people read it: "2 GiB", "512 MiB". */
export function showKib(kib: number): string {
  const gib = kib / 1024 ** 2;
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${Math.round(kib / 1024)} MiB`;
}

/** Bytes as people read them. */
export function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${Number((bytes / 1024).toFixed(1))} KiB` : showKib(bytes / 1024);
}
