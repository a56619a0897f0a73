import { UserSearch } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { resendInvitationAction, revokeInvitationAction } from "@/app/(portal)/member-actions";
import { InvitationTable } from "@/components/project/invitation-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/policies/can";
import { listInvitations } from "@/lib/services/invitation/list-invitations";
import { listProjects } from "@/lib/services/project/list-projects";
import { listUsers, listUsersSchema } from "@/lib/services/user/list-users";
import { adminPage } from "../admin-page";
import { InviteUser } from "./invite-user";
import { UserTable } from "./user-table";
import { UserTools } from "./user-tools";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("user.admin"))("title") };
}

interface UsersPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsersPage(props: UsersPageProps) {
  const ctx = await adminPage();
  const { search, show, cursor } = await props.searchParams;
  // An address that somebody has edited shows the whole list.
  const asked = listUsersSchema.safeParse({ search, show, cursor });
  const query = asked.success ? asked.data : listUsersSchema.parse({});
  const [t, invited, page, invitations, projects] = await Promise.all([
    getTranslations("user.admin"),
    getTranslations("project.invitations"),
    listUsers(ctx, query),
    listInvitations(ctx, { projectId: null }),
    listProjects(ctx),
  ]);
  const readOnly = can(ctx.actor, "user.manage") ? null : t("readOnly");
  const href = (at: string | null) => {
    const params = new URLSearchParams({ search: query.search, show: query.show });
    if (at !== null) params.set("cursor", at);
    return `/admin/users?${params}`;
  };
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <UserTools search={query.search} show={query.show} total={page.total} />
      {page.users.length === 0 ? (
        <EmptyState icon={<UserSearch aria-hidden="true" />} title={t("noneTitle")}>
          {t("none")}
        </EmptyState>
      ) : (
        <UserTable users={page.users} self={ctx.actor.userId} />
      )}
      {(query.cursor !== null || page.next !== null) && (
        <nav aria-label={t("pages")} className="flex gap-2">
          {query.cursor !== null && <LinkButton href={href(null)}>{t("firstPage")}</LinkButton>}
          {page.next !== null && <LinkButton href={href(page.next)}>{t("nextPage")}</LinkButton>}
        </nav>
      )}
      <InviteUser projects={projects.map(({ id, name }) => ({ id, name }))} reason={readOnly} />
      {invitations.length > 0 && (
        <Card title={invited("title")}>
          <InvitationTable
            invitations={invitations}
            forbidden={{ manage: readOnly, rights: readOnly }}
            actions={{ resend: resendInvitationAction, revoke: revokeInvitationAction }}
          />
        </Card>
      )}
    </div>
  );
}
