"use client";

import { KeySquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ReasonButton } from "@/components/ui/reason-button";
import type { TokenScope } from "@/lib/policies/permissions";
import type { NewToken, TokenView } from "@/lib/policies/token";
import { CreateTokenDialog } from "./create-token-dialog";
import { NewTokenDialog } from "./new-token-dialog";
import { TokenTable } from "./token-table";
import type { TokenActions } from "./types";

interface TokenSectionProps {
  /** Null: personal tokens. */
  projectId: string | null;
  tokens: TokenView[];
  /** What a token made here may be given. */
  scopes: readonly TokenScope[];
  /** Why the reader cannot make and revoke tokens; null when he can. */
  forbidden: string | null;
  actions: TokenActions;
}

/** The tokens of a person or of a project, the way to make one, and a new one this once. */
export function TokenSection({ projectId, tokens, scopes, forbidden, actions }: TokenSectionProps) {
  const t = useTranslations("token");
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<NewToken | null>(null);
  const kind = projectId === null ? "personal" : "project";
  const create = (
    <ReasonButton
      variant={tokens.length === 0 ? "primary" : "secondary"}
      disabledReason={forbidden}
      align="end"
      onClick={() => setAsking(true)}
    >
      {t("create")}
    </ReasonButton>
  );
  return (
    <>
      {tokens.length === 0 ? (
        <EmptyState
          icon={<KeySquare aria-hidden="true" />}
          title={t(`${kind}.emptyTitle`)}
          action={create}
        >
          {t(`${kind}.empty`)}
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-3">
          <div className="flex justify-end">{create}</div>
          <TokenTable
            tokens={tokens}
            showMaker={projectId !== null}
            forbidden={forbidden}
            revoke={actions.revoke}
          />
        </div>
      )}
      {asking && (
        <CreateTokenDialog
          projectId={projectId}
          scopes={scopes}
          create={actions.create}
          onClose={() => setAsking(false)}
          onMade={(token) => {
            setAsking(false);
            setMade(token);
          }}
        />
      )}
      {made && <NewTokenDialog made={made} onClose={() => setMade(null)} />}
    </>
  );
}
