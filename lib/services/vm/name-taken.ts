import { AppError } from "@/lib/model/errors";

/** The error to throw: `conflict.exists` on the field when the database refused the name. */
export function nameTaken(error: unknown, name: string): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  if (code !== "P2002") return error;
  return new AppError({
    code: "conflict.exists",
    message: `a VM named ${JSON.stringify(name)} exists`,
    userMessage: { key: "vm.name_taken", values: { name } },
    fields: { name: { key: "vm.name_taken", values: { name } } },
    cause: error,
  });
}
