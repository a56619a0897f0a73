"use client";

import { ArrowDown, ArrowUp, ListOrdered } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ReasonButton } from "@/components/ui/reason-button";
import { type BootDevice, bootOrderCommands, inBootOrder } from "@/lib/model/boot";
import type { VmDetail } from "@/lib/model/vm";
import { HardwareDialog } from "./hardware-dialog";
import type { BootOrderAction } from "./types";
import { useHardwareCall } from "./use-hardware-call";

interface BootOrderProps {
  vm: VmDetail;
  /** Why the person may not; null when he may. */
  forbidden: string | null;
  setOrder: BootOrderAction;
}

/** The button, and behind it what the VM tries to start from. */
export function BootOrder({ vm, forbidden, setOrder }: BootOrderProps) {
  const t = useTranslations("vm.hardware");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ReasonButton
        size="sm"
        icon={<ListOrdered aria-hidden="true" />}
        disabledReason={forbidden}
        onClick={() => setOpen(true)}
      >
        {t("bootOrder")}
      </ReasonButton>
      {open && <BootDialog vm={vm} setOrder={setOrder} onClose={() => setOpen(false)} />}
    </>
  );
}

interface BootDialogProps {
  vm: VmDetail;
  setOrder: BootOrderAction;
  onClose: () => void;
}

/** What the VM tries to start from, in order. */
export function BootDialog({ vm, setOrder, onClose }: BootDialogProps) {
  const t = useTranslations("vm.hardware");
  const { run, ...call } = useHardwareCall(onClose);
  const [rows, setRows] = useState(() =>
    inBootOrder(vm.boot).map((device) => ({ ...device, tried: device.order !== null })),
  );
  const order = rows.filter((row) => row.tried).map((row) => row.id);

  function move(index: number, by: number) {
    const next = [...rows];
    const [row] = next.splice(index, 1);
    if (row) next.splice(index + by, 0, row);
    setRows(next);
  }

  return (
    <HardwareDialog
      title={t("bootTitle")}
      note={t(vm.bootId === null ? "bootNoteOff" : "bootNoteLive")}
      commands={bootOrderCommands(vm.domainName, vm.boot, order)}
      change={{ verb: "setBootOrder", input: { order } }}
      confirm={t("bootConfirm")}
      blocked={order.length === 0 ? t("bootNothing") : null}
      call={call}
      onConfirm={() => run(() => setOrder({ vmId: vm.id, order }), t("bootSet"))}
      onClose={onClose}
    >
      <ol className="flex flex-col gap-1" aria-label={t("bootTitle")}>
        {rows.map((row, index) => (
          <li
            key={row.id}
            className="flex items-center justify-between gap-2 rounded-md border border-line px-3 py-1.5"
          >
            <Checkbox
              label={<BootName device={row} />}
              checked={row.tried}
              onChange={(event) =>
                setRows(
                  rows.map((each) =>
                    each.id === row.id ? { ...each, tried: event.target.checked } : each,
                  ),
                )
              }
            />
            <span className="flex gap-1">
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("bootUp", { device: row.id })}
                disabled={index === 0}
                icon={<ArrowUp aria-hidden="true" />}
                onClick={() => move(index, -1)}
              />
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("bootDown", { device: row.id })}
                disabled={index === rows.length - 1}
                icon={<ArrowDown aria-hidden="true" />}
                onClick={() => move(index, 1)}
              />
            </span>
          </li>
        ))}
      </ol>
    </HardwareDialog>
  );
}

function BootName({ device }: { device: BootDevice }) {
  const t = useTranslations("vm.hardware.bootKind");
  return (
    <>
      {t(device.kind)} <span className="font-mono text-xs">{device.id}</span>
    </>
  );
}
