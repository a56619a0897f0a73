-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Vm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "domainName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT NOT NULL DEFAULT '[]',
    "firmware" TEXT NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "memoryKib" INTEGER NOT NULL,
    "maxMemoryKib" INTEGER NOT NULL DEFAULT 0,
    "leaseEndsAt" DATETIME,
    "leaseNoticedAt" DATETIME,
    "leaseStoppedAt" DATETIME,
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "isTemplate" BOOLEAN NOT NULL DEFAULT false,
    "rescuedAt" DATETIME,
    "rescueImage" TEXT,
    "lifecycle" TEXT NOT NULL DEFAULT 'creating',
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Vm_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Vm_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Vm" ("createdAt", "createdById", "description", "domainName", "firmware", "hostId", "id", "leaseEndsAt", "leaseNoticedAt", "leaseStoppedAt", "lifecycle", "locked", "maxMemoryKib", "memoryKib", "name", "projectId", "rescueImage", "rescuedAt", "tags", "uuid", "vcpus") SELECT "createdAt", "createdById", "description", "domainName", "firmware", "hostId", "id", "leaseEndsAt", "leaseNoticedAt", "leaseStoppedAt", "lifecycle", "locked", "maxMemoryKib", "memoryKib", "name", "projectId", "rescueImage", "rescuedAt", "tags", "uuid", "vcpus" FROM "Vm";
DROP TABLE "Vm";
ALTER TABLE "new_Vm" RENAME TO "Vm";
CREATE UNIQUE INDEX "Vm_uuid_key" ON "Vm"("uuid");
CREATE UNIQUE INDEX "Vm_projectId_name_key" ON "Vm"("projectId", "name");
CREATE UNIQUE INDEX "Vm_hostId_domainName_key" ON "Vm"("hostId", "domainName");
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
    "baseId" TEXT,
    CONSTRAINT "Disk_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Disk_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Disk_baseId_fkey" FOREIGN KEY ("baseId") REFERENCES "Disk" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Disk" ("capacityBytes", "format", "hostId", "id", "keptAt", "keptFrom", "pool", "projectId", "state", "target", "vmId", "volume") SELECT "capacityBytes", "format", "hostId", "id", "keptAt", "keptFrom", "pool", "projectId", "state", "target", "vmId", "volume" FROM "Disk";
DROP TABLE "Disk";
ALTER TABLE "new_Disk" RENAME TO "Disk";
CREATE INDEX "Disk_vmId_idx" ON "Disk"("vmId");
CREATE INDEX "Disk_projectId_idx" ON "Disk"("projectId");
CREATE INDEX "Disk_baseId_idx" ON "Disk"("baseId");
CREATE UNIQUE INDEX "Disk_hostId_pool_volume_key" ON "Disk"("hostId", "pool", "volume");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
