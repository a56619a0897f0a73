-- DropIndex
DROP INDEX "Vm_domainName_key";

-- DropIndex
DROP INDEX "Vm_hostId_idx";

-- DropIndex
DROP INDEX "Disk_pool_volume_key";

-- CreateTable
CREATE TABLE "StartOrder" (
    "vmId" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "delaySeconds" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME,
    CONSTRAINT "StartOrder_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "HostBoot" (
    "hostId" TEXT NOT NULL PRIMARY KEY,
    "bootedAt" DATETIME NOT NULL,
    "seenAt" DATETIME NOT NULL,
    CONSTRAINT "HostBoot_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "Host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "StartOrder_dueAt_idx" ON "StartOrder"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Vm_hostId_domainName_key" ON "Vm"("hostId", "domainName");

-- CreateIndex
CREATE UNIQUE INDEX "Disk_hostId_pool_volume_key" ON "Disk"("hostId", "pool", "volume");
