-- AlterTable
ALTER TABLE "Host" ADD COLUMN "backupPool" TEXT;

-- CreateTable
CREATE TABLE "BackupFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "backupId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "volume" TEXT NOT NULL,
    "sizeBytes" BIGINT,
    "sha256" TEXT,
    CONSTRAINT "BackupFile_backupId_fkey" FOREIGN KEY ("backupId") REFERENCES "Backup" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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
    "lacks" TEXT NOT NULL DEFAULT '[]',
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verifiedAt" DATETIME,
    "verdict" TEXT,
    CONSTRAINT "Backup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Backup_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Backup" ("baseId", "chainEnd", "checkpoint", "createdAt", "createdById", "createdByName", "definition", "fullBecause", "holding", "hostId", "id", "kind", "note", "pool", "projectId", "quiesced", "ran", "scheduled", "state", "verdict", "verifiedAt", "vmId", "vmName", "volume") SELECT "baseId", "chainEnd", "checkpoint", "createdAt", "createdById", "createdByName", "definition", "fullBecause", "holding", "hostId", "id", "kind", "note", "pool", "projectId", "quiesced", "ran", "scheduled", "state", "verdict", "verifiedAt", "vmId", "vmName", "volume" FROM "Backup";
DROP TABLE "Backup";
ALTER TABLE "new_Backup" RENAME TO "Backup";
CREATE INDEX "Backup_projectId_createdAt_idx" ON "Backup"("projectId", "createdAt");
CREATE INDEX "Backup_vmId_idx" ON "Backup"("vmId");
CREATE INDEX "Backup_baseId_idx" ON "Backup"("baseId");
CREATE UNIQUE INDEX "Backup_pool_volume_key" ON "Backup"("pool", "volume");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "BackupFile_backupId_kind_key" ON "BackupFile"("backupId", "kind");
