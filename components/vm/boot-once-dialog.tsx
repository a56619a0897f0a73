"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useLiveImages } from "@/components/shell/live-provider";
import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import { VirshLine } from "@/components/ui/virsh-line";
import { isReadyIso } from "@/lib/model/image";
import { bootOnceCommands } from "@/lib/model/media-commands";
import type { VmView } from "@/lib/model/vm";
import { XmlDifference } from "./preview/xml-difference";
import type { BootOnceTools } from "./types";

interface BootOnceDialogProps {
  vm: Pick<VmView, "id" | "name">;
  tools: BootOnceTools;
  onClose: () => void;
}

/** Which image a VM starts from this once, and what becomes of its own boot order. */
export function BootOnceDialog({ vm, tools, onClose }: BootOnceDialogProps) {
  const t = useTranslations("vm.power.bootOnce");
  const images = useLiveImages([]).filter(isReadyIso);
  const { busy, failure, submit } = useSubmit();
  const [imageId, setImageId] = useState("");
  const chosen = images.find((image) => image.id === imageId);
  const { domainName, drive } = tools;
  const blocked =
    (images.length === 0 ? t("noImages") : null) ?? (imageId === "" ? t("choose") : null);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (busy || blocked !== null) return;
    if (!(await submit(() => tools.start({ vmId: vm.id, imageId })))) return;
    toast.info(t("started", { name: vm.name }));
    onClose();
  }

  return (
    <Dialog open onClose={onClose} title={t("title", { name: vm.name })}>
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
        <Field label={t("image")}>
          {(control) => (
            <Select
              {...control}
              value={imageId}
              disabled={images.length === 0}
              onChange={({ target }) => setImageId(target.value)}
            >
              <option value="">{t(images.length === 0 ? "noImages" : "choose")}</option>
              {images.map((image) => (
                <option key={image.id} value={image.id}>
                  {image.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <p className="rounded-md bg-raised px-3 py-2.5 text-13" role="status">
          {t("note")}
        </p>
        <p className="text-13 text-muted">{t("rebootNote")}</p>
        {chosen && drive !== null && (
          <>
            <VirshLine commands={bootOnceCommands(domainName, drive, chosen.name)} />
            <XmlDifference change={{ verb: "bootVmOnce", input: { imageId } }} />
          </>
        )}
        <DialogEnd failure={failure} onCancel={onClose}>
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={blocked}
            align="end"
          >
            {t("confirm")}
          </ReasonButton>
        </DialogEnd>
      </form>
    </Dialog>
  );
}
