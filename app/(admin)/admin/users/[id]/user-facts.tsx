import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UserView } from "@/lib/services/user/get-user";

/** What is known of an account. */
export function UserFacts({ user }: { user: UserView }) {
  const t = useTranslations("user.admin");
  const ways = [
    user.hasPassword && t("facts.password"),
    ...user.issuers.map((issuer) => t("facts.oidc", { issuer })),
  ].filter((each) => each !== false);
  const factors = [
    user.totp && t("facts.totp"),
    user.passkeys > 0 && t("facts.passkeys", { count: user.passkeys }),
  ].filter((each) => each !== false);
  return (
    <dl className="grid gap-x-6 gap-y-2.5 text-13 sm:grid-cols-[11rem_1fr]">
      <Fact name={t("facts.created")}>
        <TimeAgo at={user.createdAt} />
      </Fact>
      <Fact name={t("lastSignIn")}>
        {user.lastSignInAt ? <TimeAgo at={user.lastSignInAt} /> : t("never")}
      </Fact>
      <Fact name={t("facts.ways")}>{ways.join(" · ") || t("facts.noWay")}</Fact>
      <Fact name={t("secondFactor")}>{factors.join(" · ") || t("no")}</Fact>
      <Fact name={t("facts.sessions")}>{user.sessions}</Fact>
      <Fact name={t("facts.tokens")}>{user.personalTokens}</Fact>
      <Fact name={t("facts.sshKeys")}>{user.sshKeys}</Fact>
      <Fact name={t("projects")}>
        {user.projects.length === 0 && t("noProjects")}
        <ul>
          {user.projects.map((project) => (
            <li key={project.slug}>
              <Link href={`/p/${project.slug}`} className="hover:underline">
                {project.name}
              </Link>{" "}
              <span className="text-muted">({t(`roles.${project.role}`)})</span>
            </li>
          ))}
        </ul>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words max-sm:mb-1">{children}</dd>
    </div>
  );
}
