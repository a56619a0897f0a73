import { commands } from "./commands/all";
import { processIo } from "./io";
import { runCall } from "./run-call";

const code = await runCall(process.argv.slice(2), commands, processIo());
// Set, not called: what is still on its way to a pipe must arrive.
process.exitCode = code;
