"use client";

import { SquareTerminal } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { memo } from "react";
import { consoleDoor } from "@/components/console/console-door";
import { LeaseBadge } from "@/components/lease/lease-badge";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button-class";
import { Checkbox } from "@/components/ui/checkbox";
import { formatKib } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { ReasonButton } from "@/components/ui/reason-button";
import { Td, Tr } from "@/components/ui/table";
import type { VmView } from "@/lib/model/vm";
import type { PowerVerb } from "@/lib/model/vm-state";
import { AddressCell } from "./address-cell";
import type { CloneTools } from "./clone/types";
import { LoadCell } from "./load-cell";
import { PowerMenu } from "./power-menu";
import { VmStateLabel } from "./vm-state";
import { VmTags } from "./vm-tags";

interface VmRowProps {
  vm: VmView;
  href: string;
  selected: boolean;
  busy: boolean;
  powerForbidden: string | null;
  consoleForbidden: string | null;
  clone: CloneTools;
  onSelect: (id: string, selected: boolean) => void;
  run: (vm: VmView, verb: PowerVerb) => void;
}

/** One VM. On a phone the state and the address move under the name. */
export const VmRow = memo(function VmRow(props: VmRowProps) {
  const { vm, href, selected, busy, powerForbidden, consoleForbidden, clone, onSelect, run } =
    props;
  const t = useTranslations("vm.list");
  const locale = useLocale();
  const size = t("sizeOf", {
    vcpus: vm.live.vcpus,
    memory: formatKib(vm.live.memoryKib, locale),
  });
  return (
    <Tr aria-busy={busy || undefined} className={selected ? "bg-accent-soft/50" : undefined}>
      <Td className="w-10 pr-0">
        <Checkbox
          label={t("select", { name: vm.name })}
          labelHidden
          checked={selected}
          onChange={(event) => onSelect(vm.id, event.target.checked)}
        />
      </Td>
      <th scope="row" className="max-w-64 px-3 py-2 text-left font-normal">
        <span className="flex items-center gap-2">
          <Link href={href} className="truncate font-medium text-sm hover:underline">
            {vm.name}
          </Link>
          {vm.pendingChanges && (
            <span title={t("pendingHint")}>
              <Badge tone="warn">{t("pending")}</Badge>
            </span>
          )}
          {vm.template && <Badge>{t("template")}</Badge>}
          <LeaseBadge lease={vm.lease} />
        </span>
        {vm.tags.length > 0 && (
          <span className="mt-1 block">
            <VmTags tags={vm.tags} />
          </span>
        )}
        <span className="mt-1 flex flex-wrap items-center gap-x-3 text-13 md:hidden">
          <VmStateLabel state={vm.state} />
          {vm.addresses.length > 0 && <AddressCell addresses={vm.addresses} />}
        </span>
      </th>
      <Td className="max-md:hidden">
        <VmStateLabel state={vm.state} />
      </Td>
      <Td className="max-md:hidden">
        <AddressCell addresses={vm.addresses} />
      </Td>
      <Td className="max-sm:hidden">
        <LoadCell vm={vm} />
      </Td>
      <Td className="whitespace-nowrap max-lg:hidden">{size}</Td>
      <Td className="w-0">
        <span className="flex items-center justify-end gap-1">
          <ConsoleLink vm={vm} href={`${href}/console`} forbidden={consoleForbidden} />
          <PowerMenu vm={vm} forbidden={powerForbidden} run={run} clone={clone} compact />
        </span>
      </Td>
    </Tr>
  );
});

interface ConsoleLinkProps {
  vm: VmView;
  href: string;
  forbidden: string | null;
}

/** A console exists only while the guest's process does. */
function ConsoleLink({ vm, href, forbidden }: ConsoleLinkProps) {
  const t = useTranslations("vm.list");
  const icon = <SquareTerminal aria-hidden="true" />;
  const word = <span className="max-sm:sr-only">{t("console")}</span>;
  const reason = forbidden ?? (vm.bootId === null ? t("consoleOff") : null);
  if (reason) {
    return (
      <ReasonButton
        variant="secondary"
        size="sm"
        icon={icon}
        align="end"
        disabledReason={reason}
        aria-label={t("consoleOf", { name: vm.name })}
      >
        {word}
      </ReasonButton>
    );
  }
  return (
    <Link
      {...consoleDoor(href, vm)}
      aria-label={t("consoleOf", { name: vm.name })}
      className={buttonClass({ size: "sm" })}
    >
      {icon}
      {word}
    </Link>
  );
}
