"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { nicModels } from "@/lib/model/nic";
import { nicModelCommands } from "@/lib/model/nic-commands";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import { ModelField } from "./nic-fields";
import type { NicDialogProps } from "./types";

/** Another model for a card, at the next start. */
export function ModelNicDialog({ vm, nic, actions, onClose }: NicDialogProps) {
  const t = useTranslations("vm.hardware");
  const { run, ...call } = useHardwareCall(onClose);
  const { mac } = nic;
  const present = (nic.next ?? nic).model;
  const [model, setModel] = useState(nicModels.find((each) => each === present) ?? "virtio");
  return (
    <HardwareDialog
      title={t("modelNicTitle", { mac })}
      note={t("modelNicHint")}
      commands={nicModelCommands(vm.domainName, mac, model)}
      change={{ verb: "setVmNicModel", input: { mac, model } }}
      confirm={t("modelNicConfirm")}
      blocked={model === present ? t("sameModel") : null}
      call={call}
      onConfirm={() =>
        run(() => actions.setModel({ vmId: vm.id, mac, model }), t("nicModelSet", { model }))
      }
      onClose={onClose}
    >
      <ModelField value={model} onChange={setModel} />
    </HardwareDialog>
  );
}
