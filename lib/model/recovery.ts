/** What is done when a guest's system reports that it has panicked; `ignore`: it is not heard. */
export const panicPolicies = ["ignore", "stop", "restart"] as const;
/** What is done when a guest has set its watchdog and no longer feeds it; `none`: it has none. */
export const watchdogActions = ["none", "reset", "poweroff", "pause"] as const;

export interface Recovery {
  onPanic: (typeof panicPolicies)[number];
  watchdog: (typeof watchdogActions)[number];
}

/** The same as a definition has it; `other` is what only virsh makes. */
export interface ReadRecovery {
  onPanic: Recovery["onPanic"] | "other";
  watchdog: Recovery["watchdog"] | "other";
}

/** Of what runs (null when it is off), and of the next start. */
export interface RecoveryView {
  now: ReadRecovery | null;
  next: ReadRecovery;
}
