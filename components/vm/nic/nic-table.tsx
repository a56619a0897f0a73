"use client";

import { useTranslations } from "next-intl";
import { Table, Th } from "@/components/ui/table";
import { VirshLine } from "@/components/ui/virsh-line";
import { virshLine } from "@/lib/model/virsh-line";
import { NicRow, type NicRowProps } from "./nic-row";

/** The VM's network cards. */
export function NicTable(props: Omit<NicRowProps, "nic">) {
  const t = useTranslations("vm.hardware");
  const { vm } = props;
  if (vm.nics.length === 0) return <p className="text-muted">{t("noNics")}</p>;
  return (
    <>
      <Table aria-label={t("nics")}>
        <thead>
          <tr>
            <Th>{t("network")}</Th>
            <Th className="max-sm:hidden">{t("model")}</Th>
            <Th className="max-sm:hidden">{t("mac")}</Th>
            <Th className="max-sm:hidden">{t("address")}</Th>
            <Th>{t("link")}</Th>
          </tr>
        </thead>
        <tbody>
          {vm.nics.map((nic) => (
            <NicRow key={nic.mac} {...props} nic={nic} />
          ))}
        </tbody>
      </Table>
      <VirshLine
        commands={vm.nics.flatMap(({ mac, linkUp, when }) => {
          const words = ["domif-setlink", vm.domainName, mac, linkUp ? "down" : "up"];
          const live = vm.bootId !== null && when !== "next_boot";
          return [
            ...(live ? [virshLine(words)] : []),
            ...(when === "now" ? [] : [virshLine([...words, "--config"])]),
          ];
        })}
      />
    </>
  );
}
