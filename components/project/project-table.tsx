import { useFormatter, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";

interface ProjectTableProps {
  projects: {
    id: string;
    slug: string;
    name: string;
    createdAt: string;
    owners: string[];
    members: number;
    vms: number;
    images: number;
  }[];
}

/** Projects of the installation, with who answers for them and what is in them. */
export function ProjectTable({ projects }: ProjectTableProps) {
  const t = useTranslations("project.admin");
  const format = useFormatter();
  return (
    <Table aria-label={t("title")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th className="max-md:hidden">{t("owners")}</Th>
          <Th className="text-right">{t("members")}</Th>
          <Th className="text-right">{t("vms")}</Th>
          <Th className="text-right max-sm:hidden">{t("images")}</Th>
          <Th className="max-lg:hidden">{t("created")}</Th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <Tr key={project.id}>
            <th scope="row" className="max-w-64 px-3 py-2 text-left font-normal">
              <Link
                href={`/admin/projects/${project.slug}`}
                className="break-words font-medium text-sm hover:underline"
              >
                {project.name}
              </Link>
              <span className="block font-mono text-muted text-xs">{project.slug}</span>
            </th>
            <Td className="max-md:hidden">
              {project.owners.join(", ") || <span className="text-warn-text">{t("noOwner")}</span>}
            </Td>
            <Td className="text-right tabular-nums">{project.members}</Td>
            <Td className="text-right tabular-nums">{project.vms}</Td>
            <Td className="text-right tabular-nums max-sm:hidden">{project.images}</Td>
            <Td className="whitespace-nowrap max-lg:hidden">
              {format.dateTime(new Date(project.createdAt), { dateStyle: "medium" })}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
