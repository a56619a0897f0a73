"use client";

import { Cable, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { CopyButton } from "@/components/ui/copy-button";
import { ReasonButton } from "@/components/ui/reason-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { VmNicView } from "@/lib/model/nic";
import { virshLine } from "@/lib/model/virsh-line";
import type { VmDetail } from "@/lib/model/vm";
import type { NicLinkAction } from "./types";
import { eventsOf } from "./use-vm-detail";

interface NicTableProps {
  vm: VmDetail;
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  setLink: NicLinkAction;
}

/** The VM's network cards, each with its cable to plug in or out. */
export function NicTable({ vm, forbidden, setLink }: NicTableProps) {
  const t = useTranslations("vm.hardware");
  const put = useLivePut();
  const errorText = useErrorText();
  const [busyMac, setBusyMac] = useState<string | null>(null);
  if (vm.nics.length === 0) return <p className="text-muted">{t("noNics")}</p>;

  async function change({ mac, linkUp }: VmNicView) {
    if (busyMac !== null) return;
    setBusyMac(mac);
    const result = await callAction(() => setLink({ vmId: vm.id, mac, up: !linkUp }));
    setBusyMac(null);
    if (result.ok) eventsOf(result.value).forEach(put);
    else toast.bad(errorText(result.error.message));
  }

  return (
    <>
      <Table aria-label={t("nics")}>
        <thead>
          <tr>
            <Th>{t("network")}</Th>
            <Th className="max-sm:hidden">{t("model")}</Th>
            <Th className="max-sm:hidden">{t("mac")}</Th>
            <Th>{t("address")}</Th>
            <Th>{t("link")}</Th>
          </tr>
        </thead>
        <tbody>
          {vm.nics.map((nic) => (
            <Tr key={nic.mac}>
              <Td>
                {nic.network}
                <span className="block font-mono text-muted text-xs sm:hidden">{nic.mac}</span>
              </Td>
              <Td className="max-sm:hidden">{nic.model}</Td>
              <Td className="max-sm:hidden">
                <span className="inline-flex items-center gap-1 whitespace-nowrap font-mono text-xs">
                  {nic.mac}
                  <CopyButton text={nic.mac} />
                </span>
              </Td>
              <Td className="font-mono text-xs">{nic.addresses.join(", ") || "–"}</Td>
              <Td>
                <span className="flex flex-wrap items-center gap-2">
                  <span role="status">{nic.linkUp ? t("linkUp") : t("linkDown")}</span>
                  <ReasonButton
                    size="sm"
                    icon={nic.linkUp ? <Unplug aria-hidden="true" /> : <Cable aria-hidden="true" />}
                    busy={busyMac === nic.mac}
                    disabledReason={forbidden}
                    onClick={() => change(nic)}
                  >
                    {nic.linkUp ? t("unplug") : t("plugIn")}
                  </ReasonButton>
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <VirshLine
        commands={vm.nics.map(({ mac, linkUp }) =>
          virshLine(["domif-setlink", `p-${vm.id}`, mac, linkUp ? "down" : "up"]),
        )}
      />
    </>
  );
}
