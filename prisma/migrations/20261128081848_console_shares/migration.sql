-- CreateTable
CREATE TABLE "ConsoleShare" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "maxVisits" INTEGER,
    "visitCount" INTEGER NOT NULL DEFAULT 0,
    "lastVisitAt" DATETIME,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ConsoleShare_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ConsoleVisit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "secretHash" TEXT NOT NULL,
    "shareId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ConsoleVisit_shareId_fkey" FOREIGN KEY ("shareId") REFERENCES "ConsoleShare" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleShare_tokenHash_key" ON "ConsoleShare"("tokenHash");

-- CreateIndex
CREATE INDEX "ConsoleShare_vmId_idx" ON "ConsoleShare"("vmId");

-- CreateIndex
CREATE INDEX "ConsoleShare_expiresAt_idx" ON "ConsoleShare"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleVisit_secretHash_key" ON "ConsoleVisit"("secretHash");

-- CreateIndex
CREATE INDEX "ConsoleVisit_shareId_idx" ON "ConsoleVisit"("shareId");
