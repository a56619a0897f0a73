"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { VmView } from "@/lib/model/vm";
import type { ProjectRef } from "./types";
import { VmTags } from "./vm-tags";

interface AboutCardProps {
  vm: VmView;
  project: ProjectRef;
}

/** What people say of the VM. */
export function AboutCard({ vm, project }: AboutCardProps) {
  const t = useTranslations("vm.words");
  const base = `/p/${project.slug}/vms`;
  return (
    <Card
      title={t("description")}
      aside={
        <Link
          href={`${base}/${vm.id}/settings`}
          className="font-medium text-13 text-accent-text hover:underline"
        >
          {vm.description === "" ? t("add") : t("edit")}
        </Link>
      }
    >
      {vm.description === "" ? (
        <p className="text-13 text-muted">{t("none")}</p>
      ) : (
        <p className="max-h-80 overflow-y-auto whitespace-pre-line break-words text-13">
          {vm.description}
        </p>
      )}
      {vm.tags.length > 0 && (
        <div className="mt-3">
          <VmTags tags={vm.tags} list={base} />
        </div>
      )}
    </Card>
  );
}
