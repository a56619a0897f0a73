import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { ensureGuestIso } from "@/e2e/guest/guest-iso";
import { uploadVolume } from "@/lib/hypervisor/volumes";
import type { RealWorld } from "@/lib/services/testing/real-world";
import { addImage } from "@/lib/services/testing/world";
import type { CrashLab } from "./crash-lab";

/** The test guest's ISO as a ready image of the project; resolves to the image's id. */
export async function addGuestImage(lab: CrashLab, world: RealWorld): Promise<string> {
  const iso = await ensureGuestIso();
  const { size } = await stat(iso);
  const { id, pool, volume } = await addImage(world, { sizeBytes: BigInt(size) });
  if (pool === null || volume === null) throw new Error("the image has no place");
  const target = { pool, name: volume, sizeBytes: size };
  await uploadVolume(lab.host, target, createReadStream(iso), () => undefined);
  return id;
}
