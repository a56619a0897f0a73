import type { Row } from "../row";
import { accountRows } from "./account";
import { adoptionRows } from "./adoption";
import { backupRows } from "./backups";
import { consoleRows } from "./consoles";
import { diskRows } from "./disks";
import { imageRows } from "./images";
import { pageRows } from "./pages";
import { projectRows } from "./projects";
import { socketRows } from "./sockets";
import { tokenRows } from "./tokens";
import { tuningRows } from "./tuning";
import { userRows } from "./users";
import { vmRows } from "./vms";

/** The access matrix: every door of the portal and what opens it. */
export const rows: readonly Row[] = [
  ...pageRows,
  ...vmRows,
  ...consoleRows,
  ...adoptionRows,
  ...diskRows,
  ...backupRows,
  ...imageRows,
  ...projectRows,
  ...tuningRows,
  ...userRows,
  ...accountRows,
  ...socketRows,
  ...tokenRows,
];
