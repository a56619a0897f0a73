import { type Command, commonOptions, type Option } from "./command";
import { usageOf } from "./parse-call";

/** What `portico help` prints: every command, a line each, by its first word. */
export function overview(commands: readonly Command[], words: readonly string[] = []): string {
  const shown = commands.filter(
    (command) =>
      !command.path[0]?.startsWith("__") &&
      words.every((word, index) => command.path[index] === word),
  );
  const width = Math.max(...shown.map((command) => usageOf(command).length));
  const lines = shown.map((command) => `  ${usageOf(command).padEnd(width)}  ${command.summary}`);
  return [
    "portico: virtual machines from the command line",
    "",
    ...lines,
    "",
    "portico COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 wrong call, 3 not allowed,",
    "4 not found, 5 state or limit, 6 no answer, 7 the task failed.",
  ].join("\n");
}

/** What `portico vm create --help` prints. */
export function helpOf(command: Command): string {
  const known: Record<string, Option> = { ...command.options, ...commonOptions };
  const options = Object.entries(known);
  const names = options.map(([name, option]) => optionName(name, option));
  const width = Math.max(...names.map((name) => name.length));
  return [
    `portico ${usageOf(command)}`,
    "",
    command.summary,
    "",
    ...options.map(([, option], index) => {
      const choices = option.choices ? ` (${option.choices.join(", ")})` : "";
      return `  ${(names[index] ?? "").padEnd(width)}  ${option.summary}${choices}`;
    }),
  ].join("\n");
}

function optionName(name: string, option: Option): string {
  const value = option.type === "string" ? ` ${option.value ?? "VALUE"}` : "";
  return `${option.short ? `-${option.short}, ` : ""}--${name}${value}`;
}
