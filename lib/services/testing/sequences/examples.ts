import type { Values } from "./move";
import { known } from "./sequences";
import type { Move, Verb } from "./verbs";

const plain = { which: 0, size: 2, flag: true };

type Told = readonly [Verb, Partial<Values & { wait: boolean }>?];

/** Moves one after the other, each on the first of what there is unless it says otherwise. */
function story(...moves: Told[]): Move[] {
  return moves.map(([verb, differs]) => ({ verb, ...plain, wait: true, ...differs }));
}

const under = { wait: false };
/** The same in short: a number in brackets says which, a minus that its flag is off. */
function told(text: string): Told[] {
  return text.split(" ").map((word) => {
    const [, verb = "", which, minus] = /^(\w+)(?:\((\d?)(-?)\))?$/.exec(word) ?? [];
    return [verb as Verb, { which: Number(which ?? 0), flag: minus !== "-" }];
  });
}

/** What takes more than one step to get to, and a host with files. */
const stories: readonly Move[][] = [
  // The reconciler took the files of a restore that was under way for disks at rest.
  [
    ...story(...told("create backup(-) backup forceOff"), ["restoreInPlace", under], ["reconcile"]),
    ...story(...told("restore(1-) deleteBackup(1) deleteBackup transfer")),
  ],
  story(
    ...told("create(-) forceOff template linkedClone endTemplate delete start(1) backup(1)"),
    ...told("forceOff(1) convertDisk(1) delete(1-) endTemplate"),
  ),
  story(
    ...told("create(1) grow addDisk setDisk(1) limitDisk addNic moveNic modelNic limitNic cpu"),
    ...told("forceOff rescue forceOff endRescue"),
  ),
  // A definition left out a disk that the project had given the VM meanwhile.
  story(
    ...told("create forceOff clone exportVm release adopt(-) transfer(1) writeDown growDisk"),
    ...told("addDisk define detachDisk(-) attachDisk convertDisk(-)"),
  ),
];

/** Each has once found a fault. */
const faults: readonly Move[][] = [
  // Renamed while it was made, a VM kept its first name on the host.
  story(["create", under], ["rename", { which: 4 }]),
  // A definition brought back its title and description, and the rows went on saying others.
  story(...told("create writeDown rename describe define")),
  // Powered off while its new owner was told to its host, a VM went on saying the former one there.
  story(["create"], ["transfer", under], ["forceOff"]),
  // The reconciler took the disks of a VM that was let go of for nobody's.
  story(...told("create release reconcile")),
];

const playable = (of: readonly Verb[]) => (moves: readonly Move[]) =>
  moves.every(({ verb }) => of.includes(verb));

/** What is always played on a host with files. */
export function longExamples(of: readonly Verb[]): Move[][] {
  return stories.filter(playable(of));
}

/** What is always played: sequences that once found a fault, and of what belongs together one. */
export function shortExamples(of: readonly Verb[]): Move[][] {
  return [...faults.filter(playable(of)), ...eachTogether(of, true, false)];
}

/** What belongs together: every verb is in one of them, also without those that `all` adds. */
export function eachTogether(of: readonly Verb[], flag: boolean, all: boolean): Move[][] {
  return known(of, all).map((verbs) =>
    story(["create", { flag }], ...verbs.map((verb): Told => [verb, { flag }])),
  );
}
