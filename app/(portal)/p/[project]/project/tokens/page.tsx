import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { projectPage } from "@/app/(portal)/project-page";
import { createTokenAction, revokeTokenAction } from "@/app/account/tokens/actions";
import { TokenSection } from "@/components/token/token-section";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { projectTokenScopes } from "@/lib/policies/token";
import { listTokens } from "@/lib/services/token/list-tokens";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("token"))("title") };
}

export default async function ProjectTokensPage({
  params,
}: {
  params: Promise<{ project: string }>;
}) {
  const { ctx, project } = await projectPage((await params).project);
  const [t, tokens] = await Promise.all([
    getTranslations("token"),
    orNotFound(listTokens(ctx, { projectId: project.id })),
  ]);
  const manages = can(ctx.actor, "project_token.manage", project.id);
  return (
    <div className="flex max-w-5xl flex-col gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        description={
          <>
            {t("project.description")}{" "}
            <Link href="/docs/api" className="text-accent-text underline underline-offset-2">
              {t("documentation")}
            </Link>
          </>
        }
      />
      <TokenSection
        projectId={project.id}
        tokens={tokens}
        scopes={projectTokenScopes}
        forbidden={manages ? null : t("project.forbidden")}
        actions={{ create: createTokenAction, revoke: revokeTokenAction }}
      />
    </div>
  );
}
