import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UserRow } from "@/lib/services/user/list-users";

const shownProjects = 2;

/** The people of one page; each name leads to what can be done. */
export function UserTable({ users, self }: { users: UserRow[]; self: string }) {
  const t = useTranslations("user.admin");
  return (
    <Table aria-label={t("title")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("right")}</Th>
          <Th>{t("projects")}</Th>
          <Th>{t("lastSignIn")}</Th>
          <Th>{t("secondFactor")}</Th>
          <Th>{t("state")}</Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <Tr key={user.id}>
            <Td>
              <Link href={`/admin/users/${user.id}`} className="font-medium hover:underline">
                {user.name}
              </Link>
              {user.id === self && <span className="ml-1.5 text-muted">({t("you")})</span>}
              <span className="block text-muted text-xs">{user.email}</span>
            </Td>
            <Td>
              <RightBadge right={user.right} />
            </Td>
            <Td>
              <Projects user={user} />
            </Td>
            <Td className="whitespace-nowrap">
              {user.lastSignInAt ? <TimeAgo at={user.lastSignInAt} /> : t("never")}
            </Td>
            <Td>{user.secondFactor ? t("yes") : t("no")}</Td>
            <Td>
              <UserState disabled={user.disabled} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function RightBadge({ right }: { right: UserRow["right"] }) {
  const t = useTranslations("user.admin.rights");
  if (right === "none") return <span className="text-muted">{t("none")}</span>;
  return <Badge tone={right === "admin" ? "accent" : "neutral"}>{t(right)}</Badge>;
}

export function UserState({ disabled }: { disabled: boolean }) {
  const t = useTranslations("user.admin");
  return <Badge tone={disabled ? "bad" : "ok"}>{disabled ? t("disabled") : t("active")}</Badge>;
}

function Projects({ user }: { user: UserRow }) {
  const t = useTranslations("user.admin");
  const shown = user.projects.slice(0, shownProjects);
  const more = user.projects.length - shown.length;
  if (shown.length === 0) return <span className="text-muted">{t("noProjects")}</span>;
  return (
    <span className="flex flex-wrap gap-x-3">
      {shown.map((project) => (
        <span key={project.slug} className="whitespace-nowrap">
          {project.name} <span className="text-muted">({t(`roles.${project.role}`)})</span>
        </span>
      ))}
      {more > 0 && <span className="text-muted">{t("more", { count: more })}</span>}
    </span>
  );
}
