import type { DoctorCheck } from "@/lib/model/doctor";
import type { PoolView } from "@/lib/model/host";
import { BACKUPS_POOL, DISKS_POOL, IMAGES_POOL } from "../inventory/pools";
import { line } from "./check";

const GIB = 1024 ** 3;
const failBelowBytes = 1 * GIB;
const warnBelowBytes = 10 * GIB;

/** Whether the pools exist and are active. */
export function checkPools(pools: readonly PoolView[], uri: string): DoctorCheck {
  for (const name of [IMAGES_POOL, DISKS_POOL, BACKUPS_POOL]) {
    const pool = pools.find((each) => each.name === name);
    if (pool === undefined) return line("pools", "fail", "missing", { name }, "npm start");
    if (!pool.active) {
      return line("pools", "fail", "inactive", { name }, `virsh -c '${uri}' pool-start ${name}`);
    }
  }
  return line("pools", "ok", "active", {
    images: IMAGES_POOL,
    disks: DISKS_POOL,
    backups: BACKUPS_POOL,
  });
}

/** A place with room: a pool, or the folder of the portal's data. */
export interface Room {
  name: string;
  availableBytes: number;
}

/** Whether there is room for ISOs, disks and the database; the tightest place decides. */
export function checkSpace(rooms: readonly Room[]): DoctorCheck {
  const tightest = [...rooms].sort((a, b) => a.availableBytes - b.availableBytes)[0];
  if (tightest === undefined) return line("space", "warn", "unknown");
  const values = { name: tightest.name, gib: (tightest.availableBytes / GIB).toFixed(1) };
  if (tightest.availableBytes >= warnBelowBytes) return line("space", "ok", "enough", values);
  const status = tightest.availableBytes < failBelowBytes ? "fail" : "warn";
  const biggest = "sudo du -xh --max-depth=3 /var/lib | sort -h | tail -20";
  return line("space", status, "tight", values, biggest);
}
