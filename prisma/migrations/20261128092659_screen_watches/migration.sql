-- CreateTable
CREATE TABLE "ScreenWatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "vmId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "texts" TEXT NOT NULL DEFAULT '[]',
    "stillSeconds" INTEGER,
    "again" BOOLEAN NOT NULL DEFAULT false,
    "keys" TEXT NOT NULL DEFAULT '',
    "layout" TEXT NOT NULL DEFAULT 'us',
    "hookUrl" TEXT,
    "expiresAt" DATETIME NOT NULL,
    "bootId" TEXT,
    "armed" BOOLEAN NOT NULL DEFAULT true,
    "fires" INTEGER NOT NULL DEFAULT 0,
    "firedAt" DATETIME,
    "firedText" TEXT,
    "endedAt" DATETIME,
    "ended" TEXT,
    "hookState" TEXT,
    "hookTries" INTEGER NOT NULL DEFAULT 0,
    "hookNextAt" DATETIME,
    "hookAnswer" TEXT,
    "tokenId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "ScreenWatch_vmId_fkey" FOREIGN KEY ("vmId") REFERENCES "Vm" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ScreenWatch_vmId_idx" ON "ScreenWatch"("vmId");

-- CreateIndex
CREATE INDEX "ScreenWatch_endedAt_idx" ON "ScreenWatch"("endedAt");

-- CreateIndex
CREATE INDEX "ScreenWatch_hookState_hookNextAt_idx" ON "ScreenWatch"("hookState", "hookNextAt");
