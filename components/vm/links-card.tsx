"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { VmDetail } from "@/lib/model/vm";

interface LinksCardProps {
  vm: VmDetail;
  /** Path of the project's VMs. */
  href: string;
}

const linkClass = "font-medium text-accent-text hover:underline";

/** Of a template what lies on its disks, of a linked clone what its disks lie on; else nothing. */
export function LinksCard({ vm, href }: LinksCardProps) {
  const t = useTranslations("vm.template");
  const { templates, clones } = vm.links;
  if (!vm.template && templates.length === 0) return null;
  return (
    <Card title={vm.template ? t("title") : t("linkedTitle")}>
      {templates.map(({ id, name }) => (
        <p key={id} className="text-13">
          {t.rich("lieOn", {
            name,
            link: (text) => (
              <Link href={`${href}/${id}`} className={linkClass}>
                {text}
              </Link>
            ),
          })}
        </p>
      ))}
      {vm.template && (
        <>
          <p className="text-13">{t("what")}</p>
          <p className="mt-3 text-13 text-muted">
            {clones.length === 0 ? t("noClones") : t("clones", { count: clones.length })}
          </p>
          <ul className="mt-1 flex flex-col gap-1 text-13">
            {clones.map(({ vmId, name }) => (
              <li key={vmId ?? name} className="break-words">
                {vmId === null ? (
                  t("keptDisk", { name })
                ) : (
                  <Link href={`${href}/${vmId}`} className={linkClass}>
                    {name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
