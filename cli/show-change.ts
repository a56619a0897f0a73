import { createTwoFilesPatch } from "diff";
import type { OperationResult } from "@/lib/api/spec/operations";
import type { Option } from "./command";
import type { Printer } from "./printer";

/** Of every command that makes a change which a VM's definition tells. */
export const diffOption = {
  diff: { type: "boolean", summary: "only show what it would change in the definition" },
} as const satisfies Record<string, Option>;

type Preview = OperationResult<"previewVmChange">;

/** Ends a call with `--diff` in place of the change itself. */
export class OnlyShown extends Error {
  constructor(readonly preview: Preview) {
    super("only shown");
  }
}

/** The difference as `diff -u` writes it; for programs both definitions. */
export function showChange(print: Printer, preview: Preview): void {
  const { changes, before, after } = preview;
  const [now, then] = ["as it is", "as it will be"];
  const patch = createTwoFilesPatch(now, then, before, after, "", "", { context: 3 });
  // Without the line that would stand above the names of files.
  const shown = patch.split("\n").slice(1).join("\n").trimEnd();
  print.result(changes.length === 0 ? "The definition stays as it is." : shown, preview);
}
