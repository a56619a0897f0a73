import { notFound } from "@/lib/model/errors";
import type { Context } from "../context";
import { listProjects, type ProjectSummary } from "./list-projects";

/** The project of an address; `not_found` for one that the actor may not enter. */
export async function projectBySlug(
  ctx: Context,
  input: { slug: string },
): Promise<ProjectSummary> {
  const project = (await listProjects(ctx)).find((each) => each.slug === input.slug);
  if (!project) throw notFound(`project ${input.slug}`);
  return project;
}
