export interface CommandOption {
  /** The program, or an option with its dash. */
  name: string;
  /** Its value, cut where QEMU's own commas are; a doubled comma is one of the value. */
  parts: string[];
}

/** A command line for the eye: an option a line, its value in parts. JSON stays whole. */
export function optionsOf(command: readonly string[]): CommandOption[] {
  const [program, ...rest] = command;
  if (program === undefined) return [];
  const options: CommandOption[] = [{ name: program, parts: [] }];
  for (const word of rest) {
    const last = options.at(-1);
    const isOption = word.startsWith("-") && word.length > 1;
    // An option takes one value at most; a second one is a word of its own.
    const takes = last !== undefined && options.length > 1 && last.parts.length === 0;
    if (isOption || !takes) options.push({ name: word, parts: [] });
    else last.parts = partsOf(word);
  }
  return options;
}

function partsOf(value: string): string[] {
  if (value.startsWith("{")) return [value];
  const doubled = "\u0000";
  return value
    .replaceAll(",,", doubled)
    .split(",")
    .map((part) => part.replaceAll(doubled, ",,"));
}
