"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { controlClass } from "@/components/ui/input";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { type SnapshotSet, type SnapshotView, snapshotLimits } from "@/lib/model/snapshot";
import { editCommands } from "@/lib/model/snapshot-commands";
import type { SnapshotActions } from "./types";

interface EditDialogProps {
  vmId: string;
  set: SnapshotSet;
  snapshot: SnapshotView;
  edit: SnapshotActions["edit"];
  onClose: () => void;
}

export function EditDialog({ vmId, set, snapshot, edit, onClose }: EditDialogProps) {
  const t = useTranslations("snapshot.edit");
  const router = useRouter();
  const { busy, failure, submit } = useSubmit();
  const [description, setDescription] = useState(snapshot.description ?? "");

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!(await submit(() => edit({ vmId, snapshot: snapshot.name, description })))) return;
    router.refresh();
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name: snapshot.name })}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4 pb-2">
        <Field label={t("description")}>
          {(control) => (
            <textarea
              {...control}
              data-autofocus
              rows={4}
              maxLength={snapshotLimits.descriptionLength}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
              className={`${controlClass} h-auto py-2`}
            />
          )}
        </Field>
        <VirshLine commands={editCommands(set, snapshot.name)} />
        <DialogEnd failure={failure} onCancel={onClose}>
          <Button type="submit" variant="primary" busy={busy}>
            {t("confirm")}
          </Button>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
