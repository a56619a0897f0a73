import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Select } from "@/components/ui/select";
import { type ProjectRole, projectRoles } from "@/lib/policies/permissions";

type RoleSelectProps = Omit<ComponentProps<typeof Select>, "onChange" | "value"> & {
  value: ProjectRole;
  onRole: (role: ProjectRole) => void;
};

/** A choice of the roles in a project, weakest first. */
export function RoleSelect({ value, onRole, ...rest }: RoleSelectProps) {
  const t = useTranslations("project.role");
  return (
    <Select
      {...rest}
      value={value}
      onChange={(event) => {
        const role = projectRoles.find((each) => each === event.target.value);
        if (role) onRole(role);
      }}
    >
      {projectRoles.map((role) => (
        <option key={role} value={role}>
          {t(role)}
        </option>
      ))}
    </Select>
  );
}
