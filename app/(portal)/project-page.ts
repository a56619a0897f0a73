import { cache } from "react";
import { pageContext } from "@/app/session";
import type { Context } from "@/lib/services/context";
import type { ProjectSummary } from "@/lib/services/project/list-projects";
import { projectBySlug } from "@/lib/services/project/project-by-slug";
import { orNotFound } from "./or-not-found";

/** Who looks and at which project; read once per request, by layouts and pages alike. */
export const projectPage = cache(
  async (slug: string): Promise<{ ctx: Context; project: ProjectSummary }> => {
    const ctx = await pageContext();
    const project = await orNotFound(projectBySlug(ctx, { slug }));
    return { ctx, project };
  },
);
