import type { Vm } from "@/lib/db/generated/client";
import type { Host, LiveVm } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { Context } from "../../context";
import { requireLive } from "../find-vm";
import { refuseOnTop } from "../template/refuse-on-top";

export interface Moving {
  host: Host;
  live: LiveVm;
}

/**
 * The VM that is to change its project, as its host has it now. Throws `vm.bad_state` while it is
 * being made or deleted, is a template or its memory is saved, and `conflict.rule`, with their
 * names, while its disks lie on a template's or images of its project are in its drives or in those
 * of its snapshots: those stay where they are.
 */
export async function readMoving(ctx: Context, row: Vm): Promise<Moving> {
  const { host, live: known } = requireLive(ctx, row);
  await refuseOnTop(ctx.db, row.id);
  const live = (await host.inventory.refresh(row.uuid)) ?? known;
  const images = await ctx.db.image.findMany({
    where: { projectId: row.projectId },
    select: { name: true, pool: true, volume: true },
  });
  const media = live.snapshots.flatMap((snapshot) => snapshot.media);
  const places = new Set(
    [...live.disks, ...live.nextDisks, ...media].map(({ pool, volume }) => `${pool}/${volume}`),
  );
  const needed = images.filter(
    ({ pool, volume }) => volume !== null && places.has(`${pool}/${volume}`),
  );
  if (needed.length === 0) return { host, live };
  throw new AppError({
    code: "conflict.rule",
    message: `vm ${row.id} needs images of its project`,
    userMessage: {
      key: "transfer.needs_image",
      values: { names: needed.map((each) => each.name).join(", ") },
    },
  });
}
