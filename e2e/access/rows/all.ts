import type { Row } from "../row";
import { accountRows } from "./account";
import { backupRows } from "./backups";
import { diskRows } from "./disks";
import { imageRows } from "./images";
import { pageRows } from "./pages";
import { projectRows } from "./projects";
import { socketRows } from "./sockets";
import { tokenRows } from "./tokens";
import { userRows } from "./users";
import { vmRows } from "./vms";

/** The access matrix: every door of the portal and what opens it. */
export const rows: readonly Row[] = [
  ...pageRows,
  ...vmRows,
  ...diskRows,
  ...backupRows,
  ...imageRows,
  ...projectRows,
  ...userRows,
  ...accountRows,
  ...socketRows,
  ...tokenRows,
];
