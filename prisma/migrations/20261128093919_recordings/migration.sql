-- CreateTable
CREATE TABLE "RecordingPolicy" (
    "projectId" TEXT NOT NULL PRIMARY KEY,
    "mode" TEXT NOT NULL,
    "keepDays" INTEGER NOT NULL,
    "quotaMib" INTEGER NOT NULL,
    CONSTRAINT "RecordingPolicy_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Recording" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "vmId" TEXT NOT NULL,
    "vmName" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "segments" INTEGER NOT NULL DEFAULT 0,
    "sizeBytes" INTEGER NOT NULL DEFAULT 0,
    "people" TEXT NOT NULL DEFAULT '[]',
    CONSTRAINT "Recording_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Recording_projectId_startedAt_idx" ON "Recording"("projectId", "startedAt");

-- CreateIndex
CREATE INDEX "Recording_vmId_idx" ON "Recording"("vmId");
