import { parseArgs } from "node:util";
import { usageError } from "./cli-error";
import { type Command, commonOptions, type Input, type Option } from "./command";

export interface Call extends Input {
  command: Command;
}

/**
 * Finds the command that the words name, the longest match first, and reads its arguments and
 * options. Throws a usage error that names the word which is wrong. Null when no command is named.
 */
export function parseCall(words: readonly string[], commands: readonly Command[]): Call | null {
  const command = [...commands]
    .sort((a, b) => b.path.length - a.path.length)
    .find((each) => each.path.every((word, index) => words[index] === word));
  if (command === undefined) return null;
  const { values, positionals } = readOptions(command, words.slice(command.path.length));
  for (const [name, option] of Object.entries(command.options ?? {})) {
    const value = values[name];
    if (!option.choices || typeof value !== "string" || option.choices.includes(value)) continue;
    throw usageError(`--${name} ${value}: one of ${option.choices.join(", ")}`);
  }
  if (values.help === true) return { command, args: {}, rest: [], options: values };
  return { command, options: values, ...readArguments(command, positionals) };
}

function readOptions(command: Command, words: string[]) {
  const known: Record<string, Option> = { ...commonOptions, ...command.options };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
  try {
    const parsed = parseArgs({ args: words, options, allowPositionals: true, strict: true });
    return {
      values: parsed.values as Record<string, string | boolean | undefined>,
      positionals: parsed.positionals,
    };
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function readArguments(command: Command, positionals: string[]): Pick<Input, "args" | "rest"> {
  const args: Record<string, string> = {};
  const left = [...positionals];
  let rest: string[] = [];
  for (const argument of command.args ?? []) {
    if (argument.rest) rest = left.splice(0);
    else {
      const word = left.shift();
      if (word !== undefined) args[argument.name] = word;
    }
    if (argument.optional || argument.name in args || rest.length > 0) continue;
    throw usageError(`${argument.name} is missing: portico ${usageOf(command)}`);
  }
  if (left[0] !== undefined) {
    throw usageError(`"${left[0]}" is too much: portico ${usageOf(command)}`);
  }
  return { args, rest };
}

/** The command as the help writes it: `vm resize NAME [options]`. */
export function usageOf(command: Command): string {
  const args = (command.args ?? []).map(({ name, optional, rest }) => {
    const word = rest ? `${name}…` : name;
    return optional ? `[${word}]` : word;
  });
  const options = command.options === undefined ? [] : ["[options]"];
  return [...command.path, ...args, ...options].join(" ");
}
