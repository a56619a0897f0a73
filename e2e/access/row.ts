import type { Db } from "@/lib/db/client";
import { can } from "@/lib/policies/can";
import { type Permission, ruleOf } from "@/lib/policies/permissions";
import type { Answer } from "./answer";
import type { BuiltAction } from "./build-doors";
import type { Knocker, Projects } from "./roles";
import type { Things } from "./things";

/** One knock: who, at an object of which project. */
export interface Cell {
  origin: string;
  db: Db;
  who: Knocker;
  /** The project that the call is about. */
  project: { id: string; slug: string };
  /** A VM of that project that libvirt has, shut off: whoever may is told so. */
  definedVm(): Promise<string>;
  /** Makes objects of that project, fresh for this knock. */
  things: Things;
  /** Makes objects of the other project, for ids that do not belong together. */
  otherThings: Things;
  projects: Projects;
  action(name: string): BuiltAction;
  /** What the call needs is made: from here on whoever is turned away must move nothing. */
  atDoor(): Promise<void>;
}

export interface Row {
  /** "action createVmAction", "GET /api/events", "page /p/[project]/vms", "socket /console". */
  door: string;
  /**
   * What opens it: a permission in the project (or in the installation), being signed in, or
   * nothing. Who may not see the project is told "not found".
   */
  needs: Permission | "signed in" | "nothing";
  /**
   * Whose object the call names. By default a project's where the permission is one of a role in
   * a project, else the installation's, whose existence is no secret.
   */
  about?: "project" | "installation";
  /** It is about one's own membership: who has none, an administrator too, finds nothing. */
  membersOnly?: true;
  /** Only members do it: an administrator from outside sees it and is refused. */
  insideOnly?: true;
  /** It names something of the own account that is not there: whoever is signed in learns that. */
  absent?: true;
  /** Doors that pretend not to exist, as pages do. */
  hidden?: true;
  knock(cell: Cell): Promise<Answer>;
  /**
   * Whoever is let in is refused all the same for what the call says, as a wrong password is.
   * Without it such a refusal is a mistake of the row.
   */
  refusedInput?: true;
  /** The same with an id inside that is another project's or person's: not found for everybody. */
  nested?(cell: Cell): Promise<Answer>;
}

/** The answer as far as it is one about rights. */
export function aboutRights(row: Row, answer: Answer): Answer {
  const refused = /^broken: (input\.invalid|rate\.limited|400|422|429)/.test(answer);
  if (row.refusedInput && refused) return "let in";
  // A stranger who is turned away was let in to try.
  const tried = answer === "sign in" || answer === "forbidden" || answer === "not found";
  return row.needs === "nothing" && tried ? "let in" : answer;
}

/** What the table of permissions says that the answer must be. */
export function expectedAnswer(row: Row, who: Knocker, projectId: string): Answer {
  if (row.needs === "nothing") return "let in";
  if (who.role === "anonymous") return "sign in";
  if (row.needs === "signed in") return row.absent ? "not found" : "let in";
  const isMember = who.rights.memberships.some((each) => each.projectId === projectId);
  if (row.membersOnly && who.rights.isAdmin && !isMember) return "not found";
  if (row.insideOnly && who.rights.isAdmin && !isMember) return "forbidden";
  if (can(who.rights, row.needs, projectId)) return "let in";
  const about = row.about ?? (ruleOf(row.needs).project ? "project" : "installation");
  const sees = about === "installation" || can(who.rights, "project.read", projectId);
  return sees && !row.hidden ? "forbidden" : "not found";
}
