-- CreateTable
CREATE TABLE "GuestFreeze" (
    "vmId" TEXT NOT NULL PRIMARY KEY,
    "bootId" TEXT NOT NULL,
    "until" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ConsoleTicket" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "vmId" TEXT NOT NULL,
    "bootId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'screen',
    "viewOnly" BOOLEAN NOT NULL DEFAULT false,
    "takeOver" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "new_ConsoleTicket" ("bootId", "createdAt", "expiresAt", "sessionId", "tokenHash", "usedAt", "userId", "viewOnly", "vmId") SELECT "bootId", "createdAt", "expiresAt", "sessionId", "tokenHash", "usedAt", "userId", "viewOnly", "vmId" FROM "ConsoleTicket";
DROP TABLE "ConsoleTicket";
ALTER TABLE "new_ConsoleTicket" RENAME TO "ConsoleTicket";
CREATE INDEX "ConsoleTicket_expiresAt_idx" ON "ConsoleTicket"("expiresAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "GuestFreeze_until_idx" ON "GuestFreeze"("until");
