import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

type EngineModule = typeof import("@prisma/schema-engine-wasm");

let engineModule: Promise<EngineModule> | undefined;

/** The package imports its .wasm file as a module, which Node 20 cannot: load it by hand. */
async function loadEngine(): Promise<EngineModule> {
  const script = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const binding = (await import(script)) as EngineModule & { __wbg_set_wasm(wasm: unknown): void };
  const { instance } = await WebAssembly.instantiate(
    await readFile(script.replace(/\.js$/, ".wasm")),
    { "./schema_engine_bg.js": binding as unknown as WebAssembly.ModuleImports },
  );
  binding.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return binding;
}

/**
 * SQL that turns a database of the first Prisma schema (null: an empty one) into one of the
 * second. Empty string when they do not differ. Needs no database and downloads nothing.
 */
export async function schemaDiff(from: string | null, to: string): Promise<string> {
  engineModule ??= loadEngine();
  const { SchemaEngine } = await engineModule;
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaLibSql({ url: ":memory:" })),
  );
  const datamodel = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const result = await engine.diff({
    from: from === null ? { tag: "empty" } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  return result.exitCode === 0 ? "" : (result.stdout ?? "");
}
