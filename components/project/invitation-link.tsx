"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkField } from "@/components/ui/link-field";
import type { InvitationLink, MemberActions } from "./types";
import { useChange } from "./use-change";

interface InvitationLinkNoticeProps {
  link: InvitationLink;
  resend: MemberActions["resend"];
  onLink: (link: InvitationLink) => void;
}

/**
 * What became of a fresh invitation: a mail, or its link, shown this once. A link that was mailed
 * is not shown; who wants to hand one over gets a new one, and the audit log says so.
 */
export function InvitationLinkNotice({ link, resend, onLink }: InvitationLinkNoticeProps) {
  const t = useTranslations("project.link");
  const { busy, run } = useChange();
  const { id: invitationId, email } = link.invitation;

  async function show() {
    const done = await run(() => resend({ invitationId, showLink: true }));
    if (done) onLink(done.value);
  }

  return (
    <Callout role="status" title={t("title", { email })}>
      {link.path === null ? (
        <>
          <p>{link.mailed ? t("mailed", { email }) : t("unsent", { email })}</p>
          <Button size="sm" className="mt-3" busy={busy} onClick={() => void show()}>
            {t("show")}
          </Button>
          <p className="mt-1 text-13 text-muted">{t("showHint")}</p>
        </>
      ) : (
        <>
          <p className="mb-2">{t("notMailed", { email })}</p>
          <LinkField path={link.path} label={t("label")} hint={t("hint")} />
        </>
      )}
    </Callout>
  );
}
