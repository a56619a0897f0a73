import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/app/session";
import { TokenSection } from "@/components/token/token-section";
import { Link } from "@/components/ui/link";
import { tokenScopes } from "@/lib/policies/permissions";
import { projectTokenScopes } from "@/lib/policies/token";
import { listTokens } from "@/lib/services/token/list-tokens";
import { createTokenAction, revokeTokenAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("token"))("title") };
}

export default async function TokensPage() {
  const ctx = await pageContext();
  const [t, tokens] = await Promise.all([
    getTranslations("token"),
    listTokens(ctx, { projectId: null }),
  ]);
  return (
    <>
      <p className="max-w-prose text-muted">
        {t("personal.description")}{" "}
        <Link href="/docs/api" className="text-accent-text underline underline-offset-2">
          {t("documentation")}
        </Link>
      </p>
      <TokenSection
        projectId={null}
        tokens={tokens}
        scopes={ctx.actor.isAdmin ? tokenScopes : projectTokenScopes}
        forbidden={null}
        actions={{ create: createTokenAction, revoke: revokeTokenAction }}
      />
    </>
  );
}
