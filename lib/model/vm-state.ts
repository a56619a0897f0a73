/**
 * The states a person sees. `crashed` and `paused_io_error` are told apart because their cure
 * differs; `saved` is off with its memory kept on the host.
 */
export const vmStates = [
  "creating",
  "running",
  "paused",
  "paused_io_error",
  "shutting_down",
  "off",
  "saved",
  "crashed",
  "suspended",
  "deleting",
  "missing",
  "unknown",
] as const;
export type VmState = (typeof vmStates)[number];

export const powerVerbs = [
  "start",
  "shutdown",
  "reboot",
  "reset",
  "force_off",
  "suspend",
  "resume",
] as const;
export type PowerVerb = (typeof powerVerbs)[number];

const allowed: Record<PowerVerb, readonly VmState[]> = {
  start: ["off", "saved", "crashed"],
  shutdown: ["running", "shutting_down"],
  reboot: ["running", "shutting_down"],
  reset: ["running", "paused", "shutting_down"],
  force_off: ["running", "paused", "paused_io_error", "shutting_down", "crashed"],
  suspend: ["running"],
  resume: ["paused", "paused_io_error"],
};

/** Whether the verb makes sense in the state; the same rule disables the button and refuses the call. */
export function canDo(verb: PowerVerb, state: VmState): boolean {
  return allowed[verb].includes(state);
}

/** Whether a guest's memory can be saved on its host: it must have some. */
export function canSave(state: VmState): boolean {
  return state === "running" || state === "paused";
}

/** The verb that leads out of a state in which `verb` is refused, if one does. */
export function helpfulVerb(state: VmState): PowerVerb | null {
  if (state === "off" || state === "saved" || state === "crashed") return "start";
  if (state === "paused" || state === "paused_io_error") return "resume";
  return null;
}

const offStates: readonly VmState[] = ["off", "crashed"];

/** Whether there is nothing of a guest that could write to its disks, now or when it goes on. */
export function isOff(state: VmState): boolean {
  return offStates.includes(state);
}
