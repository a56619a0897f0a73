"use client";

import { Disc3, ListOrdered } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { BootDialog } from "@/components/vm/boot-order";
import { InsertDialog } from "@/components/vm/insert-dialog";
import type { BootOrderAction, InsertAction } from "@/components/vm/types";
import { inBootOrder } from "@/lib/model/boot";
import type { VmDetail } from "@/lib/model/vm";

/** What a guest starts from, as the console can change it. */
export interface StartActions {
  insert: InsertAction;
  setBootOrder: BootOrderAction;
  /** Why the person may not; null when he may. */
  mediaForbidden: string | null;
  bootForbidden: string | null;
}

interface StartMenuProps {
  vm: VmDetail;
  actions: StartActions;
}

/** The image in the drive and the boot order, beside the screen that shows what they lead to. */
export function StartMenu({ vm, actions }: StartMenuProps) {
  const t = useTranslations("console.start");
  const kind = useTranslations("vm.hardware.bootKind");
  const [open, setOpen] = useState<"insert" | "order" | null>(null);
  const close = () => setOpen(null);
  const drive = vm.disks.find((disk) => disk.device === "cdrom");
  const order = inBootOrder(vm.boot).filter((device) => device.order !== null);
  const none = vm.boot.length === 0 ? t("noDevices") : null;
  return (
    <>
      <Menu
        variant="ghost"
        size="icon"
        label={t("label")}
        trigger={<ListOrdered aria-hidden="true" />}
      >
        <MenuItem
          icon={<Disc3 aria-hidden="true" />}
          disabledReason={actions.mediaForbidden ?? (drive ? null : t("noDrive"))}
          hint={drive?.filled ? t("inside", { image: drive.imageName ?? drive.target }) : undefined}
          onSelect={() => setOpen("insert")}
        >
          {t("insert")}
        </MenuItem>
        <MenuItem
          icon={<ListOrdered aria-hidden="true" />}
          disabledReason={actions.bootForbidden ?? none}
          hint={order.map((device) => `${kind(device.kind)} ${device.id}`).join(" → ")}
          onSelect={() => setOpen("order")}
        >
          {t("order")}
        </MenuItem>
      </Menu>
      {open === "insert" && drive && (
        <InsertDialog vm={vm} target={drive.target} insert={actions.insert} onClose={close} />
      )}
      {open === "order" && <BootDialog vm={vm} setOrder={actions.setBootOrder} onClose={close} />}
    </>
  );
}
