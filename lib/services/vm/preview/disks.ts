import type { DomainSpec } from "@/lib/hypervisor/types";
import { newDisk } from "@/lib/hypervisor/vm/new-disk";
import { cdDriveOf, withBootOnce } from "@/lib/hypervisor/xml/boot-once";
import { withEachDevice, withNewDevice } from "@/lib/hypervisor/xml/devices";
import { withDiskLimits } from "@/lib/hypervisor/xml/disk-limits";
import { withDiskSettings } from "@/lib/hypervisor/xml/disk-settings";
import { findDrive } from "@/lib/hypervisor/xml/drive";
import { withMediaIn } from "@/lib/hypervisor/xml/edit-media";
import { withRescue } from "@/lib/hypervisor/xml/rescue";
import type { XmlElement } from "@/lib/hypervisor/xml/tree";
import { diskVolume } from "@/lib/model/disk-volume";
import { isAppError, notFound } from "@/lib/model/errors";
import { diskFormats } from "@/lib/model/vm";
import { findDisk } from "../../disk/find-disk";
import { freeTarget } from "../../disk/free-target";
import { planFor } from "../../disk/plan-disk-settings";
import { requirePool } from "../../host/require-host";
import { toVmView } from "../to-vm-view";
import type { ChangePlace, Foreseen } from "./place";

/** What is chosen only when it is made, and was not shown beforehand. */
const chosenLater = "…";

export const addDisk: Foreseen<"addDisk"> = (at, { format, suffix }) =>
  withDisk(at, {
    pool: requirePool(at.host, "disks").name,
    volume: diskVolume(at.row.domainName, suffix ?? chosenLater, format),
    format,
    serial: chosenLater,
  });

export const attachDisk: Foreseen<"attachDisk"> = async (at, { diskId }) => {
  const { projectId } = at.row;
  const { pool, volume, format } = await findDisk(at.ctx, { diskId, projectId }, "vm.read");
  const known = diskFormats.find((each) => each === format) ?? "qcow2";
  return withDisk(at, { pool, volume, format: known, serial: diskId });
};

async function withDisk(
  { ctx, row, host, live, root }: ChangePlace,
  disk: DomainSpec["disk"],
): Promise<XmlElement> {
  const rows = await ctx.db.disk.findMany({ where: { vmId: row.id }, select: { target: true } });
  const target = placeIn(() => freeTarget(row, live, toVmView(row, live, host).state, rows));
  if (target === null) return root;
  return withNewDevice(root, await newDisk(host, root, { ...disk, target }));
}

/** Null where the plan of adding refuses: the form has said why. */
function placeIn(choose: () => string): string | null {
  try {
    return choose();
  } catch (error) {
    if (isAppError(error, "conflict.rule") || isAppError(error, "vm.bad_state")) return null;
    throw error;
  }
}

export const detachDisk: Foreseen<"detachDisk"> = ({ root }, { target }) => {
  const drive = findDrive(root, target);
  return drive && withEachDevice(root, (device) => (device === drive ? null : device));
};

export const setDiskLimits: Foreseen<"setDiskLimits"> = ({ root }, { target, ...limits }) =>
  withDiskLimits(root, target, limits);

export const setDiskSettings: Foreseen<"setDiskSettings"> = async (at, { target, ...asked }) => {
  const drive = at.live.nextDisks.find((each) => each.target === target);
  const { pool } = drive ?? {};
  if (!pool) return null;
  const plan = await planFor(at.host, at.live, { target, pool }, asked);
  return plan.problem === null ? withDiskSettings(at.root, target, plan.wanted) : at.root;
};

export const insertVmMedia: Foreseen<"insertVmMedia"> = async (at, { imageId }) =>
  withMediaIn(at.root, await mediumOf(at, imageId));

export const ejectVmMedia: Foreseen<"ejectVmMedia"> = ({ root }) => withMediaIn(root, null);

export const bootVmOnce: Foreseen<"bootVmOnce"> = async (at, { imageId }) => {
  const medium = await mediumOf(at, imageId);
  return cdDriveOf(at.root) === null ? null : withBootOnce(at.root, medium);
};

export const startVmRescue: Foreseen<"startVmRescue"> = async (at, { imageId }) =>
  withRescue(at.root, await mediumOf(at, imageId));

async function mediumOf({ ctx, row }: ChangePlace, imageId: string) {
  const { projectId } = row;
  const image = await ctx.db.image.findFirst({ where: { id: imageId, projectId } });
  if (!image?.pool || !image.volume) throw notFound(`image ${imageId}`);
  return { pool: image.pool, volume: image.volume };
}
