import type { Command } from "../command";
import { accountCommands } from "./account";
import { adminCommands } from "./admin";
import { completeCommand } from "./complete";
import { completion } from "./completion";
import { doctor } from "./doctor";
import { imageCommands } from "./image";
import { peopleCommands } from "./people";
import { projectCommands } from "./project";
import { taskCommands } from "./task";
import { tokenCommands } from "./token";
import { vmEject, vmInsert, vmResize } from "./vm-change";
import { vmConsole } from "./vm-console";
import { vmCreate } from "./vm-create";
import { powerCommands } from "./vm-power";
import { vmList, vmShow } from "./vm-read";
import { vmRemove } from "./vm-remove";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  ...accountCommands,
  ...projectCommands,
  vmList,
  vmShow,
  vmCreate,
  ...powerCommands,
  vmResize,
  vmInsert,
  vmEject,
  vmConsole,
  vmRemove,
  ...imageCommands,
  ...taskCommands,
  ...tokenCommands,
  ...peopleCommands,
  doctor,
  ...adminCommands,
  completion,
  completeCommand(() => commands),
];
