import type { Command } from "../command";
import { adminCommands } from "./admin";
import { completion } from "./completion";
import { doctor } from "./doctor";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [doctor, ...adminCommands, completion];
