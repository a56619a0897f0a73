import type { OperationResult } from "@/lib/api/spec/operations";
import { CliError, usageError } from "./cli-error";
import type { Client } from "./client";
import { everyPage } from "./every-page";
import { exitCodes } from "./exit-codes";

export type Project = OperationResult<"getProject">;

/** The project that the call or the profile names, else the only one there is. */
export async function findProject(client: Client): Promise<Project> {
  const { project: slug } = client.profile;
  const projects = await everyPage((cursor) =>
    client.call("listProjects", { slug, cursor, limit: 200 }),
  );
  const [first, second] = projects;
  if (first !== undefined && second === undefined) return first;
  if (slug !== undefined) {
    throw new CliError(
      `There is no project "${slug}", or you are not in it. portico project ls lists yours.`,
      exitCodes.notFound,
    );
  }
  if (first === undefined) {
    throw new CliError("You are in no project yet. Ask an administrator.", exitCodes.notFound);
  }
  const names = projects.map((each) => each.slug).join(", ");
  throw usageError(
    `Which project? Say --project SLUG, or once: portico project use SLUG (${names})`,
  );
}
