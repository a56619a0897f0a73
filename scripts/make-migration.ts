/**
 * Writes the next migration: `npx tsx scripts/make-migration.ts <name>`.
 * It is the difference between the schema kept with the newest migration and today's.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaDiff } from "@/lib/db/testing/schema-diff";

const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npx tsx scripts/make-migration.ts <name>   (lower case, digits, _)");
  process.exit(2);
}

const root = join(import.meta.dirname, "..", "prisma");
const schema = await readFile(join(root, "schema.prisma"), "utf8");
const entries = await readdir(join(root, "migrations"), { withFileTypes: true });
const newest = entries
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()
  .at(-1);
const before = newest
  ? await readFile(join(root, "migrations", newest, "schema.prisma"), "utf8")
  : null;

const sql = await schemaDiff(before, schema);
if (sql === "") {
  console.log("The schema has not changed since the last migration.");
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = join(root, "migrations", `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, "migration.sql"), sql);
await writeFile(join(folder, "schema.prisma"), schema);
console.log(`Wrote ${folder}: read it before you commit it.`);
