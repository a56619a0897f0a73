import { existsSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "../run.mjs";
import { hashSources, readStamp, writeStamp } from "../sources.mjs";
import { StepError } from "../steps.mjs";

const generated = join(root, "lib/db/generated");
const stamp = join(generated, ".stamp");
const wanted = () => hashSources(["prisma/schema.prisma", "package-lock.json"]);

/** The database client's code, from the schema. */
export const databaseClient = {
  title: "Database client",
  undo: "remove the folder lib/db/generated",
  plan: () =>
    existsSync(join(generated, "client.ts")) && readStamp(stamp) === wanted()
      ? null
      : "prisma generate",
  async apply() {
    // Prisma wants to download an engine that generating does not use; any program will do.
    const env = {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true",
      CHECKPOINT_DISABLE: "1",
    };
    const prisma = join(root, "node_modules/prisma/build/index.js");
    const result = await capture([process.execPath, prisma, "generate"], { env });
    if (result.code !== 0)
      throw new StepError(`prisma generate: ${result.stderr || result.stdout}`);
    writeStamp(stamp, wanted());
  },
};
