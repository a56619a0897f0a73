import type { Prisma, Recording, ScreenWatch, Vm } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/id";
import type { World } from "./world";

/** A recording of a VM's screen that has ended, without its file. */
export async function addRecording(
  world: Pick<World, "db" | "project">,
  vm: Pick<Vm, "id" | "name">,
  data: Partial<Prisma.RecordingUncheckedCreateInput> = {},
): Promise<Recording> {
  return world.db.recording.create({
    data: {
      id: newId(),
      projectId: world.project,
      vmId: vm.id,
      vmName: vm.name,
      startedAt: new Date(Date.now() - 60_000),
      endedAt: new Date(),
      segments: 1,
      sizeBytes: 1_000,
      people: '["Ada"]',
      ...data,
    },
  });
}

/** Of a screen, until in an hour. */
export function addWatchRow(
  { db }: Pick<World, "db">,
  vm: Pick<Vm, "id">,
  data: Partial<Prisma.ScreenWatchUncheckedCreateInput> = {},
): Promise<ScreenWatch> {
  return db.screenWatch.create({
    data: {
      id: newId(),
      vmId: vm.id,
      name: "up",
      kind: "screen",
      texts: JSON.stringify(["login:"]),
      expiresAt: new Date(Date.now() + 3_600_000),
      createdById: "u",
      createdByName: "U",
      ...data,
    },
  });
}
