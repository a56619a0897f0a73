import fc from "fast-check";
import type { Move, Verb } from "./verbs";

/** What makes sense together: alone, most of these are refused most of the time. */
const together: readonly (readonly Verb[])[] = [
  ["start", "suspend", "resume"],
  ["start", "reboot", "reset"],
  ["forceOff", "start"],
  ["start", "save", "start"],
  ["start", "save", "discardSaved"],
  ["forceOff", "snapshot", "revert"],
  ["snapshot", "snapshot", "editSnapshot", "deleteSnapshot"],
  ["addDisk", "detachDisk", "attachDisk"],
  ["forceOff", "addDisk", "detachDisk", "attachDisk"],
  ["delete", "deleteDisk"],
  ["rename", "lock", "autostart", "recovery", "start", "shutdown"],
  ["describe", "startOrder", "bootOrder", "cpu", "video", "forceOff", "start"],
  ["addDisk", "setDisk", "limitDisk"],
  ["forceOff", "addDisk", "growDisk"],
  ["addNic", "linkNic", "modelNic", "moveNic", "limitNic", "forceOff", "removeNic"],
  ["forceOff", "resize", "start"],
  ["start", "grow", "forceOff"],
  ["start", "resize", "revertPending"],
  ["writeDown", "addDisk", "describe", "define"],
  ["writeDown", "detachDisk", "define"],
  ["insert", "eject", "forceOff", "bootOnce"],
  ["insert", "transfer"],
  ["forceOff", "rescue", "forceOff", "endRescue"],
  ["forceOff", "template", "startOrder", "delete", "endTemplate"],
  ["forceOff", "template", "endTemplate"],
  ["transfer", "rename", "transfer"],
  ["addDisk", "reconcile", "delete", "reconcile"],
  ["release", "adopt"],
  ["start", "release", "adopt"],
  ["forceOff", "clone"],
  ["forceOff", "template", "linkedClone", "endTemplate"],
  ["forceOff", "template", "linkedClone", "delete"],
  ["forceOff", "convertDisk", "start"],
  ["forceOff", "compactDisk", "deleteDisk"],
  ["forceOff", "exportVm"],
  ["start", "backup", "backup", "deleteBackup"],
  ["backup", "restore", "verifyBackup", "exportBackup"],
  ["backup", "forceOff", "restoreInPlace", "deleteBackup"],
  ["backup", "transfer", "restore"],
  ["backup", "delete", "restore"],
  ["schedule", "passHours", "transfer", "unschedule", "passDays"],
  ["leaseTerms", "lease", "extendLease", "passDays", "extendLease", "start"],
  ["start", "freeze", "thaw"],
  ["pin", "forceOff", "cpu", "pin", "resize", "start"],
  ["tune", "setDisk", "forceOff", "start"],
  ["upload", "importVm", "deleteFile"],
  ["upload", "spoil", "importVm", "reconcile"],
];

/** The same, of which each time only chance plays some: others have the same verbs. */
const alsoTogether: readonly (readonly Verb[])[] = [
  ["schedule", "passHours", "passHours", "passHours"],
  ["start", "snapshot", "lease", "passDays", "revert"],
  ["lease", "passDays", "rescue", "bootOnce", "autostart", "startOrder"],
  ["start", "freeze", "passHours"],
  ["start", "freeze", "save", "start", "passHours"],
  ["start", "freeze", "snapshot", "thaw", "revert"],
  ["tune", "detachDisk", "attachDisk"],
  ["lease", "passDays", "lease", "start"],
];

/** Those of what belongs together that can be played whole; with `all` also those of the second list. */
export function known(of: readonly Verb[], all: boolean): readonly (readonly Verb[])[] {
  return [...together, ...(all ? alsoTogether : [])].filter((verbs) =>
    verbs.every((verb) => of.includes(verb)),
  );
}

/** Sequences that begin with a VM, for without one little can be done. */
export function sequences(of: readonly Verb[], maxLength: number): fc.Arbitrary<Move[]> {
  const values = { which: fc.nat(7), size: fc.integer({ min: 1, max: 3 }), flag: fc.boolean() };
  const waits = fc.constant(true);
  const single = fc.record({ ...values, verb: fc.constantFrom(...of), wait: fc.boolean() });
  const several = fc
    .tuple(fc.constantFrom(...known(of, true)), fc.record({ ...values, wait: waits }))
    .map(([verbs, rest]) => verbs.map((verb) => ({ ...rest, verb })));
  const some = fc.oneof(
    single.map((move): Move[] => [move]),
    several,
  );
  const first = fc.record({ ...values, verb: fc.constant<Verb>("create"), wait: waits });
  return fc
    .tuple(first, fc.array(some, { minLength: 1, maxLength }))
    .map(([made, rest]) => [made, ...rest.flat()]);
}
