"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useChange } from "@/components/project/use-change";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { TokenView } from "@/lib/policies/token";
import type { TokenActions } from "./types";

interface TokenTableProps {
  tokens: TokenView[];
  showMaker: boolean;
  /** Why the reader cannot revoke; null when he can. */
  forbidden: string | null;
  revoke: TokenActions["revoke"];
}

/** Tokens with what each may, its end and its last use. */
export function TokenTable({ tokens, showMaker, forbidden, revoke }: TokenTableProps) {
  const t = useTranslations("token");
  const format = useFormatter();
  const { busy, run } = useChange();
  const [asked, setAsked] = useState<TokenView | null>(null);
  return (
    <>
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("name")}</Th>
            <Th>{t("scopes")}</Th>
            <Th className="max-md:hidden">{t("lastUsed")}</Th>
            <Th className="max-sm:hidden">{t("expires")}</Th>
            {showMaker && <Th className="max-lg:hidden">{t("madeBy")}</Th>}
            <Th className="w-0">
              <span className="sr-only">{t("revoke")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <Tr key={token.id}>
              <th scope="row" className="px-3 py-2 text-left font-medium">
                <span className="break-words">{token.name}</span>{" "}
                {token.expired && <Badge tone="warn">{t("expired")}</Badge>}
                <span className="block font-mono font-normal text-muted text-xs">
                  {token.hint}…
                </span>
              </th>
              <Td>
                <span className="flex flex-wrap gap-1 py-1">
                  {token.scopes.map((scope) => (
                    <Badge key={scope}>
                      <span className="font-mono">{scope}</span>
                    </Badge>
                  ))}
                </span>
              </Td>
              <Td className="max-md:hidden">
                {token.lastUsedAt === null ? (
                  <span className="text-muted">{t("never")}</span>
                ) : (
                  <>
                    <TimeAgo at={token.lastUsedAt} />
                    <span className="block text-muted text-xs">{token.lastUsedIp}</span>
                  </>
                )}
              </Td>
              <Td className="whitespace-nowrap max-sm:hidden">
                {format.dateTime(new Date(token.expiresAt), { dateStyle: "medium" })}
              </Td>
              {showMaker && <Td className="max-lg:hidden">{token.madeBy}</Td>}
              <Td>
                <ReasonButton
                  size="sm"
                  variant="dangerQuiet"
                  align="end"
                  aria-label={t("revokeOf", { name: token.name })}
                  disabledReason={forbidden}
                  onClick={() => setAsked(token)}
                >
                  {t("revoke")}
                </ReasonButton>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {asked && (
        <ConfirmDialog
          title={t("revokeTitle", { name: asked.name })}
          body={t("revokeBody")}
          confirm={t("revoke")}
          danger
          busy={busy}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            const done = await run(
              () => revoke({ tokenId: asked.id }),
              t("revoked", { name: asked.name }),
            );
            if (done) setAsked(null);
          }}
        />
      )}
    </>
  );
}
