-- CreateTable
CREATE TABLE "Backup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "hostId" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "vmName" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'full',
    "state" TEXT NOT NULL DEFAULT 'making',
    "note" TEXT NOT NULL DEFAULT '',
    "definition" TEXT NOT NULL DEFAULT '',
    "pool" TEXT NOT NULL,
    "volume" TEXT NOT NULL,
    "ran" BOOLEAN NOT NULL,
    "quiesced" BOOLEAN,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verifiedAt" DATETIME,
    "verdict" TEXT,
    CONSTRAINT "Backup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Backup_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BackupDisk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "backupId" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "volume" TEXT NOT NULL,
    "capacityBytes" BIGINT NOT NULL,
    "sizeBytes" BIGINT,
    "sha256" TEXT,
    CONSTRAINT "BackupDisk_backupId_fkey" FOREIGN KEY ("backupId") REFERENCES "Backup" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Backup_projectId_createdAt_idx" ON "Backup"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Backup_vmId_idx" ON "Backup"("vmId");

-- CreateIndex
CREATE UNIQUE INDEX "Backup_pool_volume_key" ON "Backup"("pool", "volume");

-- CreateIndex
CREATE UNIQUE INDEX "BackupDisk_backupId_target_key" ON "BackupDisk"("backupId", "target");
