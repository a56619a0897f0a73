import { backupVerbs, vmBackupVerbs } from "./backup-verbs";
import { diskVerbs, keptDiskVerbs } from "./disk-verbs";
import { importVerbs } from "./import-verbs";
import { mediumVerbs } from "./medium-verbs";
import { type Played, type PlayedOnVm, pick, type Scene, type Values, type Verbs } from "./move";
import { nicVerbs } from "./nic-verbs";
import { placeVerbs } from "./place-verbs";
import { portalVerbs } from "./portal-verbs";
import { powerVerbs } from "./power-verbs";
import { settingsVerbs } from "./settings-verbs";
import { snapshotVerbs } from "./snapshot-verbs";
import { dueVerbs, timeVerbs } from "./time-verbs";
import { comingVerbs, wholeVerbs } from "./whole-verbs";

/** What needs no VM. */
const inProject = {
  ...portalVerbs,
  ...timeVerbs,
  ...comingVerbs,
  ...importVerbs,
  ...keptDiskVerbs,
  ...backupVerbs,
};

/** What people do to a VM that is there. */
const onVm = {
  ...powerVerbs,
  ...settingsVerbs,
  ...mediumVerbs,
  ...diskVerbs,
  ...nicVerbs,
  ...snapshotVerbs,
  ...vmBackupVerbs,
  ...dueVerbs,
  ...placeVerbs,
  ...wholeVerbs,
};

export type Verb = keyof typeof onVm | keyof typeof inProject;
export const allVerbs = [...Object.keys(inProject), ...Object.keys(onVm)] as Verb[];

export interface Move extends Values {
  verb: Verb;
  /** Whether the next move waits for the tasks of this one. */
  wait: boolean;
}

/** Does a move, on one of the scene's VMs; null where there is nothing to do it on. */
export async function play(scene: Scene, { verb, which, size, flag }: Move): Promise<unknown> {
  const played = { ...scene, which, size, flag };
  const alone: Verbs<Played> = inProject;
  if (alone[verb] !== undefined) return alone[verb](played);
  const where = { projectId: { in: [...scene.projects] } };
  const vms = await scene.ctx.db.vm.findMany({ where, orderBy: { createdAt: "asc" } });
  const vm = pick(vms, which);
  const others: Verbs<PlayedOnVm> = onVm;
  return vm && (others[verb]?.({ ...played, vm }) ?? null);
}
