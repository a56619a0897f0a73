"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { VirshLine } from "@/components/ui/virsh-line";
import { removeNicCommands } from "@/lib/model/nic-commands";
import { XmlDifference } from "../preview/xml-difference";
import { useHardwareCall } from "../use-hardware-call";
import type { NicDialogProps } from "./types";

/** Asked before a card is taken out of a guest that may need it. */
export function RemoveNicDialog({ vm, nic, actions, onClose }: NicDialogProps) {
  const t = useTranslations("vm.hardware");
  const { busy, failure, run } = useHardwareCall(onClose);
  const { mac } = nic;
  const live = vm.bootId !== null && nic.when !== "next_boot";
  return (
    <Dialog open onClose={onClose} title={t("removeNicTitle", { mac })}>
      <div className="flex flex-col gap-4 pb-2">
        <p>{t(live ? "removeNicLive" : "removeNicOff")}</p>
        <VirshLine commands={removeNicCommands(vm.domainName, nic, live)} />
        <XmlDifference change={{ verb: "removeVmNic", input: { mac } }} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <Button
            variant="danger"
            busy={busy}
            onClick={() => run(() => actions.remove({ vmId: vm.id, mac }), t("nicRemoved"))}
          >
            {t("removeNicConfirm")}
          </Button>
        </DialogEnd>
      </div>
    </Dialog>
  );
}
