import { usageError } from "../cli-error";
import type { Command } from "../command";
import { completionScript, shells } from "../completion";

export const completion: Command = {
  path: ["completion"],
  summary: "print the completion script of a shell: bash, zsh or fish",
  args: [{ name: "SHELL" }],
  async run({ args, print }) {
    const shell = shells.find((each) => each === args.SHELL);
    if (shell === undefined) throw usageError(`SHELL is one of ${shells.join(", ")}`);
    print.result(completionScript(shell), { script: completionScript(shell) });
  },
};
