import type { Command } from "./command";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * A script that completes by asking `portico __complete WORDS…`: the commands are in one place
 * only, and names come from the portal.
 */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

const scripts: Record<Shell, string> = {
  bash: `_portico() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(portico __complete "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _portico portico`,
  zsh: `#compdef portico
_portico() {
  local -a found
  found=(\${(f)"$(portico __complete "\${(@)words[2,CURRENT-1]}" 2>/dev/null)"})
  compadd -a found || _files
}
compdef _portico portico`,
  fish: `complete -c portico -f -a '(portico __complete (commandline -opc)[2..-1] 2>/dev/null)'`,
};

/** What may follow these words: the next word of a command, else its options. */
export function nextWords(words: readonly string[], commands: readonly Command[]): string[] {
  const plain = words.filter((word) => !word.startsWith("-"));
  const next = commands
    .filter((command) => plain.every((word, index) => command.path[index] === word))
    .flatMap((command) => command.path[plain.length] ?? [])
    .filter((word) => !word.startsWith("__"));
  return [...new Set(next)].sort();
}

/** The command that the words have named so far, and how many of its arguments are given. */
export function namedSoFar(
  words: readonly string[],
  commands: readonly Command[],
): { command: Command; given: number } | null {
  const plain = words.filter((word) => !word.startsWith("-"));
  const command = [...commands]
    .sort((a, b) => b.path.length - a.path.length)
    .find((each) => each.path.every((word, index) => plain[index] === word));
  return command ? { command, given: plain.length - command.path.length } : null;
}
