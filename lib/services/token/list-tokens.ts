import { assertScope } from "@/lib/policies/can";
import type { TokenView } from "@/lib/policies/token";
import type { Context } from "../context";
import { requireProject } from "../project/require-project";
import { assertOwnTokens } from "./assert-own-tokens";
import { tokenInclude, toTokenView } from "./to-token-view";

/** The actor's own tokens, or a project's; newest first, expired ones until they are revoked. */
export async function listTokens(
  ctx: Context,
  input: { projectId: string | null },
): Promise<TokenView[]> {
  const { actor, db } = ctx;
  if (input.projectId === null) {
    assertOwnTokens(actor);
    assertScope(actor, "read");
  } else await requireProject(ctx, input.projectId, "project_token.read");
  const holder =
    input.projectId === null
      ? { userId: actor.userId, projectId: null }
      : { projectId: input.projectId };
  const rows = await db.apiToken.findMany({
    where: { ...holder, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: tokenInclude,
  });
  const now = ctx.clock();
  return rows.map((row) => toTokenView(row, now));
}
