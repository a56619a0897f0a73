"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { moveNicCommands } from "@/lib/model/nic-commands";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import { NetworkField } from "./nic-fields";
import type { NicDialogProps } from "./types";

/** Another network for a card; the first that it is not in is proposed. */
export function MoveNicDialog({ vm, nic, networks, actions, onClose }: NicDialogProps) {
  const t = useTranslations("vm.hardware");
  const { run, ...call } = useHardwareCall(onClose);
  const { mac } = nic;
  const [network, setNetwork] = useState(
    networks.find((each) => each !== nic.network) ?? networks[0] ?? "",
  );
  const live = vm.bootId !== null && nic.when !== "next_boot";
  const same = [nic, nic.next ?? nic].every((each) => each.network === network);
  return (
    <HardwareDialog
      title={t("moveNicTitle", { mac })}
      note={t(live ? "moveNicHint" : "moveNicOff")}
      commands={moveNicCommands(vm.domainName, nic, { network, live })}
      change={{ verb: "moveVmNic", input: { mac, network } }}
      confirm={t("moveNicConfirm")}
      blocked={networks.length === 0 ? t("noNetwork") : same ? t("sameNetwork") : null}
      call={call}
      onConfirm={() =>
        run(() => actions.move({ vmId: vm.id, mac, network }), t("nicMoved", { network }))
      }
      onClose={onClose}
    >
      <NetworkField networks={networks} value={network} onChange={setNetwork} />
    </HardwareDialog>
  );
}
