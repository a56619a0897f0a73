-- AlterTable
ALTER TABLE "Session" ADD COLUMN "formerHash" TEXT;
ALTER TABLE "Session" ADD COLUMN "formerUntil" DATETIME;
ALTER TABLE "Session" ADD COLUMN "secretHash" TEXT;

-- AlterTable
ALTER TABLE "Vm" ADD COLUMN "rescueImage" TEXT;
ALTER TABLE "Vm" ADD COLUMN "rescuedAt" DATETIME;

-- CreateTable
CREATE TABLE "VmRescue" (
    "vmId" TEXT NOT NULL PRIMARY KEY,
    "before" TEXT NOT NULL,
    "beforeDigest" TEXT NOT NULL,
    "definedDigest" TEXT,
    CONSTRAINT "VmRescue_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BackupSchedule" (
    "vmId" TEXT NOT NULL PRIMARY KEY,
    "every" TEXT NOT NULL,
    "hours" INTEGER NOT NULL DEFAULT 24,
    "weekday" INTEGER NOT NULL DEFAULT 1,
    "minuteOfDay" INTEGER NOT NULL DEFAULT 0,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "keepLast" INTEGER,
    "keepDays" INTEGER,
    "fullEvery" INTEGER NOT NULL DEFAULT 1,
    "quiesce" BOOLEAN NOT NULL DEFAULT true,
    "nextAt" DATETIME NOT NULL,
    "retryUntil" DATETIME,
    "lastDueAt" DATETIME,
    "lastRunAt" DATETIME,
    "lastTaskId" TEXT,
    "lastError" TEXT,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "BackupSchedule_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Backup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "vmName" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'full',
    "baseId" TEXT,
    "checkpoint" TEXT,
    "chainEnd" TEXT,
    "fullBecause" TEXT,
    "scheduled" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'making',
    "note" TEXT NOT NULL DEFAULT '',
    "definition" TEXT NOT NULL DEFAULT '',
    "pool" TEXT NOT NULL,
    "volume" TEXT NOT NULL,
    "ran" BOOLEAN NOT NULL,
    "quiesced" BOOLEAN,
    "holding" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verifiedAt" DATETIME,
    "verdict" TEXT,
    CONSTRAINT "Backup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Backup_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Backup" ("createdAt", "createdById", "createdByName", "definition", "hostId", "id", "kind", "note", "pool", "projectId", "quiesced", "ran", "state", "verdict", "verifiedAt", "vmId", "vmName", "volume") SELECT "createdAt", "createdById", "createdByName", "definition", "hostId", "id", "kind", "note", "pool", "projectId", "quiesced", "ran", "state", "verdict", "verifiedAt", "vmId", "vmName", "volume" FROM "Backup";
DROP TABLE "Backup";
ALTER TABLE "new_Backup" RENAME TO "Backup";
CREATE INDEX "Backup_projectId_createdAt_idx" ON "Backup"("projectId", "createdAt");
CREATE INDEX "Backup_vmId_idx" ON "Backup"("vmId");
CREATE INDEX "Backup_baseId_idx" ON "Backup"("baseId");
CREATE UNIQUE INDEX "Backup_pool_volume_key" ON "Backup"("pool", "volume");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "BackupSchedule_nextAt_idx" ON "BackupSchedule"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "Session_secretHash_key" ON "Session"("secretHash");

-- CreateIndex
CREATE INDEX "Session_formerHash_idx" ON "Session"("formerHash");
