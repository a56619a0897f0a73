import type { Io } from "./io";
import type { Printer } from "./printer";

/** A word that follows the command: `vm start NAME`. */
export interface Argument {
  name: string;
  /** What completion offers: the names of these things in the current project. */
  completes?: "vm" | "image" | "task" | "file";
  optional?: true;
  /** Takes all words that are left. */
  rest?: true;
}

export interface Option {
  type: "string" | "boolean";
  /** What stands for the value in the help: "GIB". */
  value?: string;
  summary: string;
  short?: string;
  choices?: readonly string[];
}

export interface Input {
  args: Record<string, string>;
  rest: string[];
  options: Record<string, string | boolean | undefined>;
}

export interface CommandContext extends Input {
  io: Io;
  print: Printer;
}

export interface Command {
  /** The words that name it: ["vm", "start"]. */
  path: readonly string[];
  summary: string;
  args?: readonly Argument[];
  options?: Readonly<Record<string, Option>>;
  run(ctx: CommandContext): Promise<void>;
}

/** Options that every command has. */
export const commonOptions = {
  json: { type: "boolean", summary: "print JSON for programs" },
  project: { type: "string", value: "SLUG", short: "p", summary: "the project to work in" },
  profile: { type: "string", value: "NAME", summary: "which of the saved sign-ins to use" },
  help: { type: "boolean", short: "h", summary: "what the command does and takes" },
} as const satisfies Record<string, Option>;
