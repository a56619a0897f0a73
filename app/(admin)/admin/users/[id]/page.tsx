import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/(portal)/or-not-found";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { getUser } from "@/lib/services/user/get-user";
import { listHoldings } from "@/lib/services/user/list-holdings";
import { adminPage } from "../../admin-page";
import { RightBadge, UserState } from "../user-table";
import { AccessButtons } from "./access-buttons";
import { DeleteUser } from "./delete-user";
import { RightForm } from "./right-form";
import { UserFacts } from "./user-facts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("user.admin"))("title") };
}

export default async function UserPage(props: { params: Promise<{ id: string }> }) {
  const ctx = await adminPage();
  const { id: userId } = await props.params;
  const [t, oidc, user] = await Promise.all([
    getTranslations("user.admin"),
    getTranslations("user.oidc"),
    orNotFound(getUser(ctx, { userId })),
  ]);
  const manages = can(ctx.actor, "user.manage");
  const self = userId === ctx.actor.userId;
  const reason = !manages ? t("readOnly") : self ? t("self") : null;
  const holdings = reason === null ? await listHoldings(ctx, { userId }) : null;
  return (
    <div className="flex max-w-4xl flex-col gap-5 p-4 md:p-6">
      <Link href="/admin/users" className="text-13 text-muted hover:underline">
        {t("back")}
      </Link>
      <PageHeader
        title={user.name}
        description={user.email}
        actions={
          <>
            <RightBadge right={user.right} />
            <UserState disabled={user.disabled} />
          </>
        }
      />
      {reason && <Callout>{reason}</Callout>}
      <Card title={t("accountTitle")}>
        <UserFacts user={user} />
      </Card>
      <Card title={t("rightTitle")} description={t("rightDescription")}>
        {user.rightFromOidc && <Callout className="mb-3">{oidc("rightNote")}</Callout>}
        <RightForm userId={user.id} right={user.right} reason={reason} />
      </Card>
      <Card title={t("accessTitle")} description={t("accessDescription")}>
        <AccessButtons user={user} reason={reason} />
      </Card>
      <Card title={t("delete.title")} description={t("delete.description")}>
        <DeleteUser user={user} holdings={holdings} reason={reason} />
      </Card>
    </div>
  );
}
