import { useLocale, useTranslations } from "next-intl";
import { formatKib } from "@/components/ui/format";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { UnmanagedVmView } from "@/lib/model/host";
import { AdoptButton } from "../adoption/adopt-button";
import type { AdoptionTools } from "../adoption/types";
import { VmStateLabel } from "./vm-state";

interface UnmanagedTableProps {
  vms: UnmanagedVmView[];
  hostNames: Record<string, string>;
  tools: AdoptionTools;
}

/** Guests that no project has: to be seen, and adopted by who may. */
export function UnmanagedTable({ vms, hostNames, tools }: UnmanagedTableProps) {
  const t = useTranslations("host");
  const adoption = useTranslations("adoption");
  const locale = useLocale();
  return (
    <Table aria-label={t("unmanaged")}>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("host")}</Th>
          <Th>{t("state")}</Th>
          <Th>{t("size")}</Th>
          <Th>{t("uuid")}</Th>
          <Th>
            <span className="sr-only">{adoption("open")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {vms.map((vm) => (
          <Tr key={vm.hostId + vm.uuid}>
            <Td className="font-medium">{vm.domainName}</Td>
            <Td>{hostNames[vm.hostId] ?? vm.hostId}</Td>
            <Td>
              <VmStateLabel state={vm.state} />
              {!vm.persistent && (
                <span className="block text-muted text-xs">{adoption("transient")}</span>
              )}
            </Td>
            <Td className="whitespace-nowrap">
              {t("sizeOf", { vcpus: vm.vcpus, memory: formatKib(vm.memoryKib, locale) })}
            </Td>
            <Td className="whitespace-nowrap font-mono text-xs">{vm.uuid}</Td>
            <Td>
              <AdoptButton vm={vm} tools={tools} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
