"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLiveImages } from "@/components/shell/live-provider";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { isReadyIso } from "@/lib/model/image";
import { mediaCommands } from "@/lib/model/media-commands";
import type { VmDetail } from "@/lib/model/vm";
import { HardwareDialog } from "./hardware-dialog";
import type { InsertAction } from "./types";
import { useHardwareCall } from "./use-hardware-call";

interface InsertDialogProps {
  vm: VmDetail;
  /** Place of the CD drive. */
  target: string;
  insert: InsertAction;
  onClose: () => void;
}

/** Which image goes into the VM's drive, in place of what is in it. */
export function InsertDialog({ vm, target, insert, onClose }: InsertDialogProps) {
  const t = useTranslations("vm.hardware");
  const { run, ...call } = useHardwareCall(onClose);
  const [imageId, setImageId] = useState("");
  const images = useLiveImages([]).filter(isReadyIso);
  const chosen = images.find((image) => image.id === imageId);
  const place = { domainName: vm.domainName, target, live: vm.bootId !== null };
  const choose = t(images.length === 0 ? "noImages" : "choose");

  return (
    <HardwareDialog
      title={t("insertTitle")}
      note={t("insertNote")}
      commands={chosen ? mediaCommands(place, chosen.name) : []}
      change={{ verb: "insertVmMedia", input: { imageId } }}
      confirm={t("insert")}
      blocked={chosen ? null : choose}
      call={call}
      onConfirm={() => run(() => insert({ vmId: vm.id, imageId }), t("insertedDone"))}
      onClose={onClose}
    >
      <Field label={t("insertLabel")}>
        {(control) => (
          <Select
            {...control}
            value={imageId}
            disabled={images.length === 0}
            onChange={({ target: field }) => setImageId(field.value)}
          >
            <option value="">{choose}</option>
            {images.map((image) => (
              <option key={image.id} value={image.id}>
                {image.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </HardwareDialog>
  );
}
