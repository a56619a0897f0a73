import type { OperationDoc } from "./operation-section";

/** Whether every word of the search is somewhere in the operation's names, path or command. */
export function fits(
  operation: Pick<OperationDoc, "id" | "method" | "path" | "summary" | "command">,
  asked: string,
): boolean {
  const { id, method, path, summary, command } = operation;
  const text = `${id} ${method} ${path} ${summary} ${command}`.toLowerCase();
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
