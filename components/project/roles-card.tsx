import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { projectRoles } from "@/lib/policies/permissions";

/** What each role is for, in a sentence. */
export function RolesCard() {
  const t = useTranslations("project");
  return (
    <Card title={t("roles.title")}>
      <dl className="grid gap-3 text-13 sm:grid-cols-3">
        {projectRoles.map((role) => (
          <div key={role}>
            <dt className="font-medium">{t(`role.${role}`)}</dt>
            <dd className="text-muted">{t(`roles.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
