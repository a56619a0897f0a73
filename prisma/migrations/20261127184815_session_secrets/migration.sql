-- AlterTable
ALTER TABLE "Session" ADD COLUMN "formerHash" TEXT;
ALTER TABLE "Session" ADD COLUMN "formerUntil" DATETIME;
ALTER TABLE "Session" ADD COLUMN "secretHash" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Session_secretHash_key" ON "Session"("secretHash");

-- CreateIndex
CREATE INDEX "Session_formerHash_idx" ON "Session"("formerHash");
