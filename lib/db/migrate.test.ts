import { cp, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SqliteAdapter } from "./adapter";
import { migrate } from "./migrate";
import { migrationsFolder, readMigrations } from "./migrations-folder";
import { splitSql } from "./split-sql";
import { schemaDiff } from "./testing/schema-diff";
import { tempDir } from "./testing/temp-db";

async function fresh() {
  const folder = await tempDir();
  const file = join(folder, "data", "portico.db");
  return { folder, file, url: `file:${file}` };
}

async function query(url: string, sql: string) {
  const connection = new SqliteAdapter(url).createClient({ url });
  const { rows } = await connection.execute(sql);
  connection.close();
  return rows.map((row) => ({ ...row }));
}

async function addMigration(folder: string, name: string, sql: string) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

/** Columns, indexes and references; not their order, which a later ALTER TABLE decides. */
function shapeOf(url: string) {
  const own =
    "t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_prisma%' ESCAPE '\\'";
  return query(
    url,
    `SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk || ' '
       || coalesce(c.dflt_value, '') AS shape
     FROM sqlite_master t, pragma_table_info(t.name) c WHERE ${own}
     UNION SELECT t.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' '
       || f.on_delete || ' ' || f.on_update
     FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE ${own}
     UNION SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
     ORDER BY 1`,
  );
}

const tables =
  "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_prisma%' ESCAPE '\\' ORDER BY name";

describe("migrate", () => {
  it("makes the same database as the schema itself", async () => {
    const migrated = await fresh();
    await migrate(migrated.url);
    const schema = await readFile(join(migrationsFolder, "..", "schema.prisma"), "utf8");
    const direct = await fresh();
    const empty = join(direct.folder, "whole-schema");
    await addMigration(empty, "0_schema", await schemaDiff(null, schema));
    await migrate(direct.url, empty);
    const found = await shapeOf(migrated.url);
    expect(found.length).toBeGreaterThan(100);
    expect(found).toEqual(await shapeOf(direct.url));
  });

  it("keeps with the newest migration the schema it leads to", async () => {
    const newest = (await readMigrations(migrationsFolder)).at(-1);
    const kept = join(migrationsFolder, newest?.name ?? "", "schema.prisma");
    const schema = await readFile(join(migrationsFolder, "..", "schema.prisma"), "utf8");
    expect(await schemaDiff(await readFile(kept, "utf8"), schema)).toBe("");
  });

  it("tells every disk of an older database the host of its VM", async () => {
    const { url, folder } = await fresh();
    const before = join(folder, "before");
    for (const { name } of await readMigrations(migrationsFolder)) {
      if (name.endsWith("_kept_disks")) break;
      await cp(join(migrationsFolder, name), join(before, name), { recursive: true });
    }
    await migrate(url, before);
    await query(url, "INSERT INTO Project (id, slug, name) VALUES ('p', 'p', 'p')");
    await query(url, "INSERT INTO Host (id, name, uri) VALUES ('h', 'h', 'test:///default')");
    await query(
      url,
      `INSERT INTO Vm (id, projectId, hostId, uuid, domainName, name, firmware, vcpus, memoryKib,
         createdById) VALUES ('v', 'p', 'h', 'u', 'p-v', 'web', 'bios', 1, 1024, 'u')`,
    );
    await query(
      url,
      `INSERT INTO Disk (id, projectId, vmId, pool, volume, format, target, capacityBytes)
         VALUES ('d', 'p', 'v', 'portico-disks', 'p-v-0.qcow2', 'qcow2', 'vda', 5000000000)`,
    );
    await migrate(url);
    expect(await query(url, "SELECT * FROM Disk")).toEqual([
      {
        id: "d",
        projectId: "p",
        vmId: "v",
        hostId: "h",
        pool: "portico-disks",
        volume: "p-v-0.qcow2",
        format: "qcow2",
        target: "vda",
        capacityBytes: 5_000_000_000,
        state: "ready",
        keptFrom: null,
        keptAt: null,
        baseId: null,
      },
    ]);
  });

  it("records rows as Prisma does, and applies nothing twice", async () => {
    const { url, file } = await fresh();
    const names = (await readMigrations(migrationsFolder)).map((each) => each.name);
    expect(await migrate(url)).toEqual(names);
    expect(await migrate(url)).toEqual([]);
    const rows = await query(url, "SELECT * FROM _prisma_migrations");
    expect(rows.map((row) => row.migration_name)).toEqual(names);
    for (const row of rows) {
      expect(row).toMatchObject({ rolled_back_at: null, applied_steps_count: 1 });
      expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
      expect(row.finished_at).not.toBeNull();
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await query(url, "PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
  });

  it("refuses a database that a newer version made", async () => {
    const { url, folder } = await fresh();
    const newer = join(folder, "newer");
    await addMigration(newer, "9_future", "CREATE TABLE f (a INTEGER);");
    await migrate(url, newer);
    await expect(migrate(url)).rejects.toThrow(/newer version of Portico \(it has "9_future"\)/);
  });

  it("refuses a migration that was edited after it was applied", async () => {
    const { url, folder } = await fresh();
    const own = join(folder, "own");
    await addMigration(own, "1_a", "CREATE TABLE a (a INTEGER);");
    await migrate(url, own);
    await addMigration(own, "1_a", "CREATE TABLE a (a TEXT);");
    await expect(migrate(url, own)).rejects.toThrow(/"1_a" was changed after it was applied/);
  });

  it("leaves nothing of a migration that fails half way", async () => {
    const { url, folder } = await fresh();
    const own = join(folder, "own");
    await addMigration(own, "1_a", "CREATE TABLE a (a INTEGER);\nCREATE TABLE a (a INTEGER);");
    await expect(migrate(url, own)).rejects.toThrow(/"1_a" failed: nothing was changed/);
    expect(await query(url, tables)).toEqual([]);
  });

  it("keeps the children of a table that is made anew", async () => {
    const { url, folder } = await fresh();
    const own = join(folder, "own");
    await addMigration(
      own,
      "1_tables",
      `CREATE TABLE p (id TEXT PRIMARY KEY);
       CREATE TABLE c (id TEXT, p TEXT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE);
       INSERT INTO p VALUES ('one'); INSERT INTO c VALUES ('child; -- of one', 'one');`,
    );
    await migrate(url, own);
    await addMigration(
      own,
      "2_anew",
      `PRAGMA foreign_keys=OFF;
       CREATE TABLE new_p (id TEXT PRIMARY KEY, extra TEXT);
       INSERT INTO new_p (id) SELECT id FROM p; DROP TABLE p; ALTER TABLE new_p RENAME TO p;
       PRAGMA foreign_keys=ON;`,
    );
    await migrate(url, own);
    expect(await query(url, "SELECT id, p FROM c")).toEqual([{ id: "child; -- of one", p: "one" }]);
  });

  it("refuses a migration that would leave a row without its parent", async () => {
    const { url, folder } = await fresh();
    const own = join(folder, "own");
    await addMigration(
      own,
      "1_orphan",
      `CREATE TABLE p (id TEXT PRIMARY KEY);
       CREATE TABLE c (p TEXT REFERENCES p (id)); INSERT INTO c VALUES ('nobody');`,
    );
    await expect(migrate(url, own)).rejects.toThrow(/rows without their parents/);
    expect(await query(url, tables)).toEqual([]);
  });
});

describe("splitSql", () => {
  it("cuts at semicolons outside quotes and comments only", () => {
    expect(
      splitSql(`-- one; two\nSELECT ';''x'; /* ; */ SELECT "a;""b" - 1 / 2;\n\n;SELECT 3`),
    ).toEqual([`SELECT ';''x'`, `SELECT "a;""b" - 1 / 2`, "SELECT 3"]);
  });

  it("refuses a trigger", () => {
    expect(() => splitSql("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;")).toThrow();
  });
});
