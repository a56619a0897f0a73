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
    "lifecycle" TEXT NOT NULL DEFAULT 'creating',
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Vm_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Vm_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Vm" ("createdAt", "createdById", "domainName", "firmware", "hostId", "id", "leaseEndsAt", "leaseNoticedAt", "leaseStoppedAt", "lifecycle", "locked", "maxMemoryKib", "memoryKib", "name", "projectId", "uuid", "vcpus") SELECT "createdAt", "createdById", "domainName", "firmware", "hostId", "id", "leaseEndsAt", "leaseNoticedAt", "leaseStoppedAt", "lifecycle", "locked", "maxMemoryKib", "memoryKib", "name", "projectId", "uuid", "vcpus" FROM "Vm";
DROP TABLE "Vm";
ALTER TABLE "new_Vm" RENAME TO "Vm";
CREATE UNIQUE INDEX "Vm_uuid_key" ON "Vm"("uuid");
CREATE UNIQUE INDEX "Vm_domainName_key" ON "Vm"("domainName");
CREATE INDEX "Vm_hostId_idx" ON "Vm"("hostId");
CREATE UNIQUE INDEX "Vm_projectId_name_key" ON "Vm"("projectId", "name");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
