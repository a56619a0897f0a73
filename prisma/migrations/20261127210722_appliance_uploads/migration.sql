-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Image" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'iso',
    "state" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "pool" TEXT,
    "volume" TEXT,
    "volumeLabel" TEXT,
    "osFamily" TEXT NOT NULL DEFAULT 'other',
    "bootBios" BOOLEAN NOT NULL DEFAULT false,
    "bootUefi" BOOLEAN NOT NULL DEFAULT false,
    "appliance" TEXT,
    "error" TEXT,
    "uploadedById" TEXT NOT NULL,
    "uploadedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Image_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Image" ("bootBios", "bootUefi", "createdAt", "error", "id", "name", "osFamily", "pool", "projectId", "receivedBytes", "sha256", "sizeBytes", "state", "updatedAt", "uploadedBy", "uploadedById", "volume", "volumeLabel") SELECT "bootBios", "bootUefi", "createdAt", "error", "id", "name", "osFamily", "pool", "projectId", "receivedBytes", "sha256", "sizeBytes", "state", "updatedAt", "uploadedBy", "uploadedById", "volume", "volumeLabel" FROM "Image";
DROP TABLE "Image";
ALTER TABLE "new_Image" RENAME TO "Image";
CREATE INDEX "Image_projectId_idx" ON "Image"("projectId");
CREATE INDEX "Image_projectId_sha256_idx" ON "Image"("projectId", "sha256");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
