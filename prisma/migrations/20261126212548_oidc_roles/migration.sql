-- AlterTable
ALTER TABLE "User" ADD COLUMN "oidcRight" TEXT;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN "oidcRole" TEXT;
