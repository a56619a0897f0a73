"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { formatBytes } from "@/components/ui/format";
import { toast } from "@/components/ui/toast";
import { TypedNameField } from "@/components/ui/typed-name-field";
import { VirshLine } from "@/components/ui/virsh-line";
import { deleteCommands } from "@/lib/model/delete-commands";
import type { UserMessage } from "@/lib/model/errors";
import type { VmDetail } from "@/lib/model/vm";
import type { DeleteAction, ProjectRef } from "./types";

interface DeleteDialogProps {
  vm: VmDetail;
  project: ProjectRef;
  remove: DeleteAction;
  onClose: () => void;
}

/** Says what goes, lets the disks stay, and wants the name typed. */
export function DeleteDialog({ vm, project, remove, onClose }: DeleteDialogProps) {
  const t = useTranslations("vm.delete");
  const common = useTranslations("common");
  const router = useRouter();
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const [keepDisks, setKeepDisks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [mismatch, setMismatch] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const disks = vm.disks.filter((disk) => disk.device === "disk" && disk.volume !== null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (typed.trim().normalize("NFC") !== vm.name) {
      setMismatch(true);
      return;
    }
    setBusy(true);
    const result = await callAction(() => remove({ vmId: vm.id, confirmName: typed, keepDisks }));
    if (!result.ok) {
      setFailure(result.error.message);
      setBusy(false);
      return;
    }
    toast.info(t("started", { name: vm.name }));
    router.push(`/p/${project.slug}/vms`);
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name: vm.name })}>
      <form onSubmit={submit} className="flex flex-col gap-4 pb-2">
        {vm.bootId !== null && <Callout tone="warn">{t("running")}</Callout>}
        <div className="text-13">
          <p>{t("plan")}</p>
          <ul className="mt-1 list-disc pl-5">
            <li>{t("planGuest", { domain: vm.domainName })}</li>
            {!keepDisks &&
              disks.map((disk) => (
                <li key={disk.target}>
                  {t("planDisk", {
                    volume: disk.volume ?? "",
                    size:
                      disk.capacityBytes === null
                        ? common("unknown")
                        : formatBytes(disk.capacityBytes, locale),
                  })}
                </li>
              ))}
          </ul>
        </div>
        <Checkbox
          label={t("keep")}
          hint={t("keepHint")}
          checked={keepDisks}
          onChange={(event) => setKeepDisks(event.target.checked)}
        />
        <TypedNameField
          label={t("type")}
          hint={t("typeHint", { name: vm.name })}
          error={mismatch && t("mismatch")}
          value={typed}
          onType={(value) => {
            setTyped(value);
            setMismatch(false);
          }}
        />
        <VirshLine commands={deleteCommands(vm, keepDisks)} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <Button type="submit" variant="danger" busy={busy}>
            {t("confirm")}
          </Button>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
