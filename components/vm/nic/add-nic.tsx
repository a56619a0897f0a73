"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { NicModel } from "@/lib/model/nic";
import { addNicCommands } from "@/lib/model/nic-commands";
import { planAddNic } from "@/lib/model/nic-plan";
import type { VmDetail } from "@/lib/model/vm";
import { HardwareDialog } from "../hardware-dialog";
import { useHardwareCall } from "../use-hardware-call";
import { ModelField, NetworkField } from "./nic-fields";
import type { NicActions } from "./types";

interface AddNicProps {
  vm: VmDetail;
  /** The host's active networks. */
  networks: readonly string[];
  forbidden: string | null;
  add: NicActions["add"];
}

/** The button, and behind it what will happen before it does; by the plan that the server follows. */
export function AddNic({ vm, networks, forbidden, add }: AddNicProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  // A card that comes at the next start alone needs no port now.
  const { problem } = planAddNic(vm, "rtl8139");
  return (
    <>
      <ReasonButton
        size="sm"
        icon={<Plus aria-hidden="true" />}
        disabledReason={
          forbidden ??
          (problem && errorText(problem)) ??
          (networks.length === 0 ? t("noNetwork") : null)
        }
        align="end"
        onClick={() => setOpen(true)}
      >
        {t("addNic")}
      </ReasonButton>
      {open && (
        <AddNicDialog vm={vm} networks={networks} add={add} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

type DialogProps = Omit<AddNicProps, "forbidden"> & { onClose: () => void };

function AddNicDialog({ vm, networks, add, onClose }: DialogProps) {
  const t = useTranslations("vm.hardware");
  const errorText = useErrorText();
  const { run, ...call } = useHardwareCall(onClose);
  const [network, setNetwork] = useState(networks[0] ?? "");
  const [model, setModel] = useState<NicModel>("virtio");
  const plan = planAddNic(vm, model);
  const blocked = plan.problem && errorText(plan.problem);
  const later = vm.bootId === null ? "addNicOff" : "addNicLater";

  return (
    <HardwareDialog
      title={t("addNicTitle")}
      note={blocked ?? t(plan.live ? "addNicLive" : later)}
      commands={addNicCommands(vm.domainName, plan, { network, model })}
      change={{ verb: "addVmNic", input: { network, model } }}
      confirm={t("addNicConfirm")}
      blocked={blocked}
      call={call}
      onConfirm={() => run(() => add({ vmId: vm.id, network, model }), t("nicAdded"))}
      onClose={onClose}
    >
      <NetworkField networks={networks} value={network} onChange={setNetwork} />
      <ModelField value={model} onChange={setModel} />
    </HardwareDialog>
  );
}
