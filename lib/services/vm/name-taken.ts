import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/model/errors";

/** The error to throw: `conflict.exists` on the field when the database refused the name. */
export function nameTaken(error: unknown, name: string): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return code === "P2002" ? taken(name, error) : error;
}

/** Throws `conflict.exists` when the project has a VM of that name, before more is asked for. */
export async function refuseTaken(db: Db, projectId: string, name: string): Promise<void> {
  if ((await db.vm.count({ where: { projectId, name } })) > 0) throw taken(name);
}

function taken(name: string, cause?: unknown): AppError {
  return new AppError({
    code: "conflict.exists",
    message: `a VM named ${JSON.stringify(name)} exists`,
    userMessage: { key: "vm.name_taken", values: { name } },
    fields: { name: { key: "vm.name_taken", values: { name } } },
    cause,
  });
}
