import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { reasons } from "@/app/why-not";
import { FollowServer } from "@/components/shell/follow-server";
import { Callout } from "@/components/ui/callout";
import { formatKib } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { UnmanagedTable } from "@/components/vm/unmanaged-table";
import { VmStateLabel } from "@/components/vm/vm-state";
import { listHosts } from "@/lib/services/host/list-hosts";
import { guestsRevision } from "@/lib/services/live/revisions";
import { listProjects } from "@/lib/services/project/list-projects";
import { listManaged } from "@/lib/services/vm/list-managed";
import { listUnmanaged } from "@/lib/services/vm/list-unmanaged";
import { adminPage } from "../admin-page";
import { adoptVmAction, planAdoptionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("host"))("vmsTitle") };
}

export default async function AllVmsPage() {
  const ctx = await adminPage();
  const [t, locale, managed, unmanaged, hosts, projects, why] = await Promise.all([
    getTranslations("host"),
    getLocale(),
    listManaged(ctx),
    listUnmanaged(ctx),
    listHosts(ctx),
    listProjects(ctx),
    reasons(ctx),
  ]);
  const hostNames = Object.fromEntries(hosts.map((host) => [host.id, host.name]));
  return (
    <div className="flex flex-col gap-6 p-4 md:p-6">
      <FollowServer of="guests" rendered={guestsRevision(managed, unmanaged)} />
      <PageHeader title={t("vmsTitle")} description={t("vmsDescription")} />
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t("managed")}</h2>
        {managed.length === 0 ? (
          <p className="text-muted">{t("managedNone")}</p>
        ) : (
          <Table aria-label={t("managed")}>
            <thead>
              <tr>
                <Th>{t("name")}</Th>
                <Th>{t("project")}</Th>
                <Th>{t("host")}</Th>
                <Th>{t("state")}</Th>
                <Th>{t("size")}</Th>
              </tr>
            </thead>
            <tbody>
              {managed.map((vm) => (
                <Tr key={vm.id}>
                  <Td className="font-medium">
                    <Link href={`/p/${vm.project.slug}/vms/${vm.id}`} className="hover:underline">
                      {vm.name}
                    </Link>
                  </Td>
                  <Td>{vm.project.name}</Td>
                  <Td>{hostNames[vm.hostId] ?? vm.hostId}</Td>
                  <Td>
                    <VmStateLabel state={vm.state} />
                  </Td>
                  <Td className="whitespace-nowrap">
                    {t("sizeOf", {
                      vcpus: vm.vcpus,
                      memory: formatKib(vm.memoryKib, locale),
                    })}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="font-semibold">{t("unmanaged")}</h2>
        {unmanaged.length === 0 ? (
          <p className="text-muted">{t("unmanagedNone")}</p>
        ) : (
          <>
            <Callout>{t("unmanagedHint")}</Callout>
            <UnmanagedTable
              vms={unmanaged}
              hostNames={hostNames}
              tools={{
                projects,
                forbidden: why("vm.adopt"),
                plan: planAdoptionAction,
                adopt: adoptVmAction,
              }}
            />
          </>
        )}
      </section>
    </div>
  );
}
