"use client";

import { Disc3, Eject } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLiveImages, useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import { type ImageView, isReadyIso } from "@/lib/model/image";
import { mediaCommands } from "@/lib/model/media-commands";
import type { ActionResult } from "@/lib/model/result";
import type { MediumView, VmDetail, VmDiskView } from "@/lib/model/vm";
import { XmlDifference } from "./preview/xml-difference";
import type { EjectAction, InsertAction } from "./types";
import { eventsOf } from "./use-vm-detail";

interface DriveCardProps {
  vm: VmDetail;
  drive: VmDiskView;
  images: ImageView[];
  forbidden: string | null;
  eject: EjectAction;
  insert: InsertAction;
}

/** What lies in the drive, out with it, or another one in. */
export function DriveCard({ vm, drive, images, forbidden, eject, insert }: DriveCardProps) {
  const t = useTranslations("vm.hardware");
  const put = useLivePut();
  const errorText = useErrorText();
  const [imageId, setImageId] = useState("");
  const [busy, setBusy] = useState(false);
  const ready = useLiveImages(images).filter(isReadyIso);
  const nameOf = (medium: MediumView) =>
    medium.filled ? (medium.imageName ?? t("foreign")) : null;
  const inside = nameOf(drive);
  const chosen = ready.find((image) => image.id === imageId);
  const place = {
    domainName: vm.domainName,
    target: drive.target,
    live: vm.bootId !== null,
  };

  async function run(call: () => Promise<ActionResult<VmDetail>>, said: string) {
    setBusy(true);
    const result = await callAction(call);
    setBusy(false);
    if (!result.ok) {
      toast.bad(errorText(result.error.message));
      return;
    }
    eventsOf(result.value).forEach(put);
    toast.ok(said);
    // One that was chosen while the drive was being emptied is still meant.
    if (call === putIn) setImageId("");
  }
  const takeOut = () => eject({ vmId: vm.id });
  const putIn = () => insert({ vmId: vm.id, imageId });

  return (
    <Card title={t("drive")} description={t("driveHint")}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="flex min-w-0 items-center gap-2.5">
            <Disc3 aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <span role="status" className="min-w-0 break-words">
              {inside === null ? (
                <span className="text-muted">{t("empty")}</span>
              ) : (
                <>
                  <span className="text-muted">{t("inserted")}:</span> {inside}
                </>
              )}
              {drive.next && (
                <span className="block text-13 text-muted">
                  {t("nextStart", { medium: nameOf(drive.next) ?? t("nextEmpty") })}
                </span>
              )}
            </span>
          </p>
          <ReasonButton
            size="sm"
            busy={busy}
            icon={<Eject aria-hidden="true" />}
            disabledReason={forbidden ?? (drive.filled || drive.next?.filled ? null : t("empty"))}
            onClick={() => run(takeOut, t("ejected"))}
          >
            {t("eject")}
          </ReasonButton>
        </div>
        <div className="flex flex-wrap items-end gap-2">
          <Field label={t("insertLabel")} className="min-w-56 flex-1">
            {(control) => (
              <Select
                {...control}
                value={imageId}
                onChange={(event) => setImageId(event.target.value)}
              >
                <option value="">{t("choose")}</option>
                {ready.map((image) => (
                  <option key={image.id} value={image.id}>
                    {image.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <ReasonButton
            busy={busy}
            disabledReason={
              forbidden ??
              (ready.length === 0 ? t("noImages") : null) ??
              (imageId === "" ? t("choose") : null)
            }
            onClick={() => run(putIn, t("insertedDone"))}
          >
            {t("insert")}
          </ReasonButton>
        </div>
        <VirshLine
          commands={[
            ...(drive.filled || drive.next?.filled ? mediaCommands(place, null) : []),
            ...(chosen ? mediaCommands(place, chosen.name) : []),
          ]}
        />
        <XmlDifference
          change={
            chosen
              ? { verb: "insertVmMedia", input: { imageId } }
              : drive.filled || drive.next?.filled
                ? { verb: "ejectVmMedia", input: {} }
                : null
          }
        />
      </div>
    </Card>
  );
}
