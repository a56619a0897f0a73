/** The states a person sees. `crashed` and `paused_io_error` are told apart because their cure differs. */
export const vmStates = [
  "creating",
  "running",
  "paused",
  "paused_io_error",
  "shutting_down",
  "off",
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
  start: ["off", "crashed"],
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

/** The verb that leads out of a state in which `verb` is refused, if one does. */
export function helpfulVerb(state: VmState): PowerVerb | null {
  if (state === "off" || state === "crashed") return "start";
  if (state === "paused" || state === "paused_io_error") return "resume";
  return null;
}
