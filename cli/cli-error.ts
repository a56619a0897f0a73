import { type ExitCode, exitCodes } from "./exit-codes";

/** Ends a command with a sentence for the person and an exit code for the script. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.failed,
    /** What `--json` prints in place of the sentence. */
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** The words of the call are wrong. */
export function usageError(message: string): CliError {
  return new CliError(message, exitCodes.usage);
}
