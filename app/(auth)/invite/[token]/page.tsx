import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requestActor, visitorContext } from "@/app/session";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { type InvitationOffer, readInvitation } from "@/lib/services/invitation/read-invitation";
import { AcceptForm } from "./accept-form";
import { acceptInvitationAction } from "./actions";
import { JoinForm } from "./join-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("project.offer"))("title") };
}

interface InvitePageProps {
  params: Promise<{ token: string }>;
}

export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params;
  const [t, visitor, actor] = await Promise.all([
    getTranslations("project.offer"),
    visitorContext(),
    requestActor(),
  ]);
  const offer = await readInvitation(visitor, token);
  if (offer === null) {
    return (
      <>
        <h1 className="font-semibold text-2xl tracking-tight">{t("goneTitle")}</h1>
        <p className="mt-1 mb-6 text-muted">{t("gone")}</p>
        <LinkButton href="/" className="self-start">
          {t("home")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <h1 className="break-words font-semibold text-2xl tracking-tight">
        {offer.projectName === null
          ? t("joinInstallation")
          : t("joinProject", { project: offer.projectName })}
      </h1>
      <OfferText offer={offer} />
      {actor !== null ? (
        <>
          {actor.email !== offer.email && (
            <Callout tone="warn" className="mb-4" title={t("otherTitle")}>
              {t("other", { invited: offer.email, email: actor.email })}
            </Callout>
          )}
          <AcceptForm
            token={token}
            person={{ name: actor.name, email: actor.email }}
            accept={acceptInvitationAction}
          />
        </>
      ) : (
        <>
          <JoinForm token={token} email={offer.email} />
          <p className="mt-8 mb-3 border-line border-t pt-6 text-muted">{t("orSignIn")}</p>
          <LinkButton
            href={`/sign-in?callbackUrl=${encodeURIComponent(`/invite/${token}`)}`}
            className="h-10 self-start"
          >
            {t("signIn")}
          </LinkButton>
        </>
      )}
    </>
  );
}

async function OfferText({ offer }: { offer: InvitationOffer }) {
  const [t, role] = await Promise.all([
    getTranslations("project.offer"),
    getTranslations("project.role"),
  ]);
  return (
    <div className="mt-1 mb-6 flex flex-col gap-1 text-muted">
      <p>
        {offer.role === null
          ? t("from", { inviter: offer.invitedByName })
          : t("fromAs", { inviter: offer.invitedByName, role: role(offer.role) })}
      </p>
      {offer.isAdmin && <p>{t("asAdmin")}</p>}
      {offer.isAuditor && <p>{t("asAuditor")}</p>}
    </div>
  );
}
