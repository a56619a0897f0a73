import { httpStatusOf, isAppError } from "@/lib/model/errors";
import { CliError } from "./cli-error";
import type { Command } from "./command";
import { type ExitCode, exitCodeOfStatus, exitCodes } from "./exit-codes";
import { helpOf, overview } from "./help";
import type { Io } from "./io";
import { parseCall } from "./parse-call";
import { makePrinter } from "./printer";
import { OnlyShown, showChange } from "./show-change";

/** Runs one call of `portico` and returns its exit code. Never throws. */
export async function runCall(
  words: readonly string[],
  commands: readonly Command[],
  io: Io,
): Promise<ExitCode> {
  const json = words.includes("--json");
  try {
    const named = words.filter((word) => !word.startsWith("-"));
    const call = parseCall(words, commands);
    if (call === null) return explain(words, named, commands, io);
    if (call.options.help === true) {
      io.stdout.write(`${helpOf(call.command)}\n`);
      return exitCodes.ok;
    }
    await call.command.run({ ...call, io, print: makePrinter(io, json) });
    return exitCodes.ok;
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    if (error instanceof OnlyShown) {
      showChange(makePrinter(io, json), error.preview);
      return exitCodes.ok;
    }
    return report(error, json, io);
  }
}

function explain(
  words: readonly string[],
  named: string[],
  commands: readonly Command[],
  io: Io,
): ExitCode {
  const group = named[0] === "help" ? named.slice(1) : named;
  const known = commands.some((command) =>
    group.every((word, index) => command.path[index] === word),
  );
  if (!known) {
    io.stderr.write(`There is no command "${group.join(" ")}". portico help lists them.\n`);
    return exitCodes.usage;
  }
  const wanted = named[0] === "help" || words.includes("--help") || words.includes("-h");
  (wanted ? io.stdout : io.stderr).write(`${overview(commands, group)}\n`);
  return wanted ? exitCodes.ok : exitCodes.usage;
}

function report(error: unknown, json: boolean, io: Io): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  const exitCode = exitCodeOf(error);
  const detail = error instanceof CliError ? error.detail : {};
  if (json) io.stderr.write(`${JSON.stringify({ error: message, ...detail })}\n`);
  else io.stderr.write(`${message}\n`);
  return exitCode;
}

/** Use cases of `portico admin` throw the errors that the API answers with. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  return isAppError(error) ? exitCodeOfStatus(httpStatusOf[error.code]) : exitCodes.failed;
}
