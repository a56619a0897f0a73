import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";

/** Throws `conflict.rule` when one was taken since the request. */
export async function assertNoSnapshots(host: Host, uuid: string): Promise<void> {
  const live = await host.inventory.refresh(uuid);
  if ((live?.snapshots.length ?? 0) === 0) return;
  throw new AppError({
    code: "conflict.rule",
    message: `domain ${uuid} has snapshots`,
    userMessage: { key: "disk.has_snapshots" },
  });
}
