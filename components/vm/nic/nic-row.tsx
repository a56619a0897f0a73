"use client";

import { ArrowLeftRight, Cable, Ellipsis, EthernetPort, Gauge, Trash2, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { CopyButton } from "@/components/ui/copy-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ReasonButton } from "@/components/ui/reason-button";
import { Td, Tr } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { NicLimit, NicLimits, VmNicView } from "@/lib/model/nic";
import { limitText } from "@/lib/model/nic-commands";
import { limitNicProblem, removeNicProblem } from "@/lib/model/nic-plan";
import type { VmDetail } from "@/lib/model/vm";
import { eventsOf } from "../use-vm-detail";
import { LimitNicDialog } from "./limit-nic";
import { ModelNicDialog } from "./model-nic";
import { MoveNicDialog } from "./move-nic";
import { RemoveNicDialog } from "./remove-nic";
import type { NicActions, NicDialogProps } from "./types";

export interface NicRowProps {
  vm: VmDetail;
  nic: VmNicView;
  /** The host's active networks. */
  networks: readonly string[];
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  /** The same of limits, which are an administrator's. */
  limitsForbidden: string | null;
  actions: NicActions;
}

const dialogs = {
  move: MoveNicDialog,
  model: ModelNicDialog,
  limit: LimitNicDialog,
  remove: RemoveNicDialog,
} satisfies Record<string, (props: NicDialogProps) => React.ReactNode>;

/** One network card: its cable to plug in or out, and what else can be done with it. */
export function NicRow({ vm, nic, networks, forbidden, limitsForbidden, actions }: NicRowProps) {
  const t = useTranslations("vm.hardware");
  const put = useLivePut();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [opened, setOpened] = useState<keyof typeof dialogs | null>(null);
  const { mac, linkUp } = nic;
  const Opened = opened && dialogs[opened];
  const removeProblem = removeNicProblem(vm, nic);
  const limitProblem = limitNicProblem(nic);

  const linkText = (up: boolean) => (up ? t("linkUp") : t("linkDown"));
  const limitOf = (limit: NicLimit | null) =>
    limit === null ? t("unlimited") : `${limitText(limit)} KiB/s`;
  const limitsText = ({ inbound, outbound }: NicLimits) =>
    t("limitsShown", { inbound: limitOf(inbound), outbound: limitOf(outbound) });

  async function changeLink() {
    if (busy) return;
    setBusy(true);
    const result = await callAction(() => actions.setLink({ vmId: vm.id, mac, up: !linkUp }));
    setBusy(false);
    if (result.ok) eventsOf(result.value).forEach(put);
    else toast.bad(errorText(result.error.message));
  }

  return (
    <Tr>
      <Td>
        {nic.network}
        <Next now={nic.network} next={nic.next?.network} />
        {(nic.limits.inbound ?? nic.limits.outbound) !== null && (
          <span className="block text-muted text-xs">{limitsText(nic.limits)}</span>
        )}
        {nic.next && <Next now={limitsText(nic.limits)} next={limitsText(nic.next.limits)} />}
        {nic.when !== "both" && vm.bootId !== null && (
          <span className="block text-muted text-xs">
            {nic.when === "now" ? t("onlyNow") : t("onlyNext")}
          </span>
        )}
        <span className="flex items-center gap-1 font-mono text-muted text-xs sm:hidden">
          {mac}
          <CopyButton text={mac} />
        </span>
        <span className="block font-mono text-xs sm:hidden">{nic.addresses.join(", ")}</span>
      </Td>
      <Td className="max-sm:hidden">
        {nic.model}
        <Next now={nic.model} next={nic.next?.model} />
      </Td>
      <Td className="max-sm:hidden">
        <span className="inline-flex items-center gap-1 whitespace-nowrap font-mono text-xs">
          {mac}
          <CopyButton text={mac} />
        </span>
      </Td>
      <Td className="font-mono text-xs max-sm:hidden">{nic.addresses.join(", ") || "–"}</Td>
      <Td>
        <span className="flex flex-wrap items-center gap-2">
          <span role="status">
            {linkText(linkUp)}
            {nic.next && <Next now={linkText(linkUp)} next={linkText(nic.next.linkUp)} />}
          </span>
          <ReasonButton
            size="sm"
            icon={linkUp ? <Unplug aria-hidden="true" /> : <Cable aria-hidden="true" />}
            busy={busy}
            disabledReason={forbidden}
            onClick={changeLink}
          >
            <span className="max-sm:sr-only">{linkUp ? t("unplug") : t("plugIn")}</span>
          </ReasonButton>
          <Menu size="sm" trigger={<Ellipsis aria-hidden="true" />} label={t("nicMenu", { mac })}>
            <MenuItem
              icon={<ArrowLeftRight aria-hidden="true" />}
              disabledReason={forbidden}
              onSelect={() => setOpened("move")}
            >
              {t("moveNic")}
            </MenuItem>
            <MenuItem
              icon={<EthernetPort aria-hidden="true" />}
              disabledReason={forbidden ?? (nic.when === "now" ? t("onlyNow") : null)}
              onSelect={() => setOpened("model")}
            >
              {t("modelNic")}
            </MenuItem>
            <MenuItem
              icon={<Gauge aria-hidden="true" />}
              disabledReason={limitsForbidden ?? (limitProblem && errorText(limitProblem))}
              onSelect={() => setOpened("limit")}
            >
              {t("limitNic")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem
              danger
              icon={<Trash2 aria-hidden="true" />}
              disabledReason={forbidden ?? (removeProblem && errorText(removeProblem))}
              onSelect={() => setOpened("remove")}
            >
              {t("removeNic")}
            </MenuItem>
          </Menu>
        </span>
        {Opened && (
          <Opened
            vm={vm}
            nic={nic}
            networks={networks}
            actions={actions}
            onClose={() => setOpened(null)}
          />
        )}
      </Td>
    </Tr>
  );
}

/** What the next start has otherwise. */
function Next({ now, next }: { now: string; next: string | undefined }) {
  const t = useTranslations("vm.hardware");
  if (next === undefined || next === now) return null;
  return <span className="block text-muted text-xs">{t("nextIs", { value: next })}</span>;
}
