-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Disk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "vmId" TEXT,
    "hostId" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "volume" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "capacityBytes" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "keptFrom" TEXT,
    "keptAt" DATETIME,
    CONSTRAINT "Disk_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Disk_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- Where a disk lies was its VM's matter; one that outlives its VM must know for itself.
INSERT INTO "new_Disk" ("id", "projectId", "vmId", "hostId", "pool", "volume", "format", "target", "capacityBytes")
SELECT "Disk"."id", "Disk"."projectId", "Disk"."vmId", "Vm"."hostId", "Disk"."pool", "Disk"."volume", "Disk"."format", "Disk"."target", "Disk"."capacityBytes"
FROM "Disk" JOIN "Vm" ON "Vm"."id" = "Disk"."vmId";
DROP TABLE "Disk";
ALTER TABLE "new_Disk" RENAME TO "Disk";
CREATE INDEX "Disk_vmId_idx" ON "Disk"("vmId");
CREATE INDEX "Disk_projectId_idx" ON "Disk"("projectId");
CREATE UNIQUE INDEX "Disk_pool_volume_key" ON "Disk"("pool", "volume");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
