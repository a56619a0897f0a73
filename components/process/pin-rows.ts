import { formatCpuSet, parseCpuSet } from "@/lib/model/cpu-set";
import type { PinningView, PinsAsked } from "@/lib/model/pinning";

/** A thread's line in the form. */
export interface PinRow {
  key: string;
  /** Its number; null is the emulator. */
  vcpu: number | null;
  /** Null: on all CPUs. Undefined: it does not run, or only from the next start on. */
  now: number[] | null | undefined;
  next: number[] | null;
  /** What stands in its field; nothing is all CPUs. */
  text: string;
}

/** Text of the fields that somebody has touched, by their keys. */
export type TypedPins = Record<string, string>;

/** A line for each vCPU of the next start, and one for the emulator. */
export function rowsOf({ now, next }: PinningView, typed: TypedPins): PinRow[] {
  const row = (key: string, vcpu: number | null, is: PinRow["now"], then: number[] | null) => {
    const text = typed[key] ?? (then === null ? "" : formatCpuSet(then));
    return { key, vcpu, now: is, next: then, text };
  };
  return [
    ...next.vcpus.map((cpus, vcpu) => row(String(vcpu), vcpu, now?.vcpus[vcpu], cpus)),
    row("emulator", null, now?.emulator, next.emulator),
  ];
}

/** The set that a field says: null is all CPUs, undefined is no set. */
export function setOf(text: string): number[] | null | undefined {
  if (text.trim() === "") return null;
  return parseCpuSet(text) ?? undefined;
}

/** CPUs that the fields bind to; whoever may run on all of them is bound to none. */
export function ownOf(rows: readonly PinRow[], all: readonly number[]): number[] {
  const sets = rows.map(({ text }) => setOf(text) ?? []);
  const bound = sets.filter((set) => formatCpuSet(set) !== formatCpuSet(all));
  return [...new Set(bound.flat())];
}

/** The lines whose field differs from what runs or from the next start; `all` is the host's CPUs. */
export function askedOf(rows: readonly PinRow[], all: readonly number[]): PinsAsked {
  const asked: PinsAsked = { vcpus: [] };
  for (const { vcpu, now, next, text } of rows) {
    const set = setOf(text);
    if (set === undefined) continue;
    const cpus = set !== null && formatCpuSet(set) === formatCpuSet(all) ? null : set;
    if (same(cpus, next) && (now === undefined || same(cpus, now))) continue;
    if (vcpu === null) asked.emulator = cpus;
    else asked.vcpus.push({ vcpu, cpus });
  }
  return asked;
}

function same(one: number[] | null, other: number[] | null): boolean {
  return formatCpuSet(one ?? []) === formatCpuSet(other ?? []);
}
