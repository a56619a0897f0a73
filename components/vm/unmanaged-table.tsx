import { useLocale, useTranslations } from "next-intl";
import { formatKib } from "@/components/ui/format";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { UnmanagedVmView } from "@/lib/model/host";
import { vmStates } from "@/lib/model/vm-state";
import { VmStateLabel } from "./vm-state";

interface UnmanagedTableProps {
  vms: UnmanagedVmView[];
  hostNames: Record<string, string>;
}

/** Guests that somebody else made: to be seen, and nothing more. */
export function UnmanagedTable({ vms, hostNames }: UnmanagedTableProps) {
  const t = useTranslations("host");
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
        </tr>
      </thead>
      <tbody>
        {vms.map((vm) => (
          <Tr key={vm.hostId + vm.uuid}>
            <Td className="font-medium">{vm.domainName}</Td>
            <Td>{hostNames[vm.hostId] ?? vm.hostId}</Td>
            <Td>
              <VmStateLabel state={vmStates.find((state) => state === vm.state) ?? "unknown"} />
            </Td>
            <Td className="whitespace-nowrap">
              {t("sizeOf", { vcpus: vm.vcpus, memory: formatKib(vm.memoryKib, locale) })}
            </Td>
            <Td className="whitespace-nowrap font-mono text-xs">{vm.uuid}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
