"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { ReasonButton } from "@/components/ui/reason-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { InvitationLinkNotice } from "./invitation-link";
import type { InvitationLink, MemberActions, OpenInvitation } from "./types";
import { useChange } from "./use-change";

interface InvitationTableProps {
  invitations: OpenInvitation[];
  /** `rights`: why an invitation that gives rights in the installation gets no new link here. */
  forbidden: { manage: string | null; rights: string | null };
  actions: Pick<MemberActions, "resend" | "revoke">;
}

/** Who was invited and has not come yet. */
export function InvitationTable({ invitations, forbidden, actions }: InvitationTableProps) {
  const t = useTranslations("project.invitations");
  const role = useTranslations("project.role");
  const rights = useTranslations("user.admin.rights");
  const format = useFormatter();
  const { busy, run } = useChange();
  const [link, setLink] = useState<InvitationLink | null>(null);

  async function resend(invitationId: string) {
    setLink(null);
    const done = await run(() => actions.resend({ invitationId }));
    if (done) setLink(done.value);
  }

  async function revoke({ id, email }: OpenInvitation) {
    setLink(null);
    await run(() => actions.revoke({ invitationId: id }), t("revoked", { email }));
  }

  if (invitations.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("email")}</Th>
            <Th className="max-sm:hidden">{t("role")}</Th>
            <Th className="max-lg:hidden">{t("by")}</Th>
            <Th className="max-md:hidden">{t("until")}</Th>
            <Th className="w-0">
              <span className="sr-only">{t("actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {invitations.map((each) => (
            <Tr key={each.id}>
              <th scope="row" className="break-all px-3 py-2 text-left font-medium">
                {each.email}
                {each.expired && (
                  <>
                    {" "}
                    <Badge tone="warn">{t("expired")}</Badge>
                  </>
                )}
              </th>
              <Td className="max-sm:hidden">
                {each.role && role(each.role)}
                {each.isAdmin && <Badge tone="accent">{rights("admin")}</Badge>}
                {each.isAuditor && <Badge>{rights("auditor")}</Badge>}
              </Td>
              <Td className="max-lg:hidden">{each.invitedByName}</Td>
              <Td className="whitespace-nowrap max-md:hidden">
                {format.dateTime(new Date(each.expiresAt), { dateStyle: "medium" })}
              </Td>
              <Td>
                <span className="flex justify-end gap-1">
                  <ReasonButton
                    size="sm"
                    align="end"
                    busy={busy}
                    aria-label={t("resendOf", { email: each.email })}
                    disabledReason={
                      forbidden.manage ?? (each.isAdmin || each.isAuditor ? forbidden.rights : null)
                    }
                    onClick={() => void resend(each.id)}
                  >
                    {t("resend")}
                  </ReasonButton>
                  <ReasonButton
                    size="sm"
                    variant="dangerQuiet"
                    align="end"
                    busy={busy}
                    aria-label={t("revokeOf", { email: each.email })}
                    disabledReason={forbidden.manage}
                    onClick={() => void revoke(each)}
                  >
                    {t("revoke")}
                  </ReasonButton>
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {link && <InvitationLinkNotice link={link} resend={actions.resend} onLink={setLink} />}
    </div>
  );
}
