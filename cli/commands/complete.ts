import { clientOf } from "../client-of";
import type { Command, CommandContext } from "../command";
import { namedSoFar, nextWords } from "../completion";
import { findProject } from "../find-project";

/** What the completion scripts ask: the words that may come next, a line each. */
export function completeCommand(commands: () => readonly Command[]): Command {
  return {
    path: ["__complete"],
    summary: "what the shell's completion asks",
    args: [{ name: "WORD", optional: true, rest: true }],
    async run(ctx) {
      const words = nextWords(ctx.rest, commands());
      const offered = words.length > 0 ? words : await namesOf(ctx, commands());
      if (offered.length > 0) ctx.io.stdout.write(`${offered.join("\n")}\n`);
    },
  };
}

async function namesOf(ctx: CommandContext, commands: readonly Command[]): Promise<string[]> {
  const named = namedSoFar(ctx.rest, commands);
  const args = named?.command.args ?? [];
  const argument = args[Math.min(named?.given ?? 0, args.length - 1)];
  if (argument?.completes !== "vm" && argument?.completes !== "image") return [];
  try {
    const client = await clientOf(ctx);
    const { id: projectId } = await findProject(client);
    const operation = argument.completes === "vm" ? "listVms" : "listImages";
    const { items } = await client.call(operation, { projectId, limit: 200 });
    return items.map((item) => item.name);
  } catch {
    // A shell that completes must not print errors into the line.
    return [];
  }
}
