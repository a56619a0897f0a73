"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/ui/use-error-text";
import { limitNicCommands } from "@/lib/model/nic-commands";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import { LimitFields, limitOfText, textOfLimit } from "./limit-fields";
import type { NicDialogProps } from "./types";

/** What a card's traffic is held to, in both directions. */
export function LimitNicDialog({ vm, nic, actions, onClose }: NicDialogProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const { run, ...call } = useHardwareCall(onClose);
  const { mac } = nic;
  const { limits } = nic.next ?? nic;
  const [inbound, setInbound] = useState(textOfLimit(limits.inbound));
  const [outbound, setOutbound] = useState(textOfLimit(limits.outbound));
  const live = vm.bootId !== null && nic.when !== "next_boot";
  const [into, out] = [limitOfText(inbound), limitOfText(outbound)];
  const wanted = {
    inbound: "limit" in into ? into.limit : null,
    outbound: "limit" in out ? out.limit : null,
  };
  const [wrong] = [into, out].flatMap((each) => ("wrong" in each ? [each.key] : []));
  return (
    <HardwareDialog
      title={t("limitNicTitle", { mac })}
      note={t(live ? "limitNicHint" : "limitNicOff")}
      commands={limitNicCommands(vm.domainName, nic, { ...wanted, live })}
      change={{ verb: "setVmNicLimits", input: { mac, ...wanted } }}
      confirm={t("limitNicConfirm")}
      blocked={wrong === undefined ? null : errorText({ key: wrong })}
      call={call}
      onConfirm={() =>
        run(() => actions.setLimits({ vmId: vm.id, mac, ...wanted }), t("nicLimited"))
      }
      onClose={onClose}
    >
      <p className="text-13 text-muted">{t("limitsLeaveEmpty")}</p>
      <LimitFields legend={t("inbound")} value={inbound} onChange={setInbound} />
      <LimitFields legend={t("outbound")} value={outbound} onChange={setOutbound} />
    </HardwareDialog>
  );
}
