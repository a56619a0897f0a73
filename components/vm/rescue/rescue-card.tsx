"use client";

import { LifeBuoy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useLiveImages, useLivePut } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import type { UserMessage } from "@/lib/model/errors";
import { type ImageView, isReadyIso } from "@/lib/model/image";
import { rescueCommands } from "@/lib/model/media-commands";
import type { VmDetail } from "@/lib/model/vm";
import { isOff } from "@/lib/model/vm-state";
import { XmlDifference } from "../preview/xml-difference";
import { useVmDetail } from "../use-vm-detail";
import type { StartRescueAction } from "./types";

interface RescueCardProps {
  detail: VmDetail;
  images: ImageView[];
  /** Why it is not allowed; null when it is. */
  forbidden: string | null;
  start: StartRescueAction;
}

/** Starts a VM that no longer boots from an image of its project. */
export function RescueCard({ detail, images, forbidden, start }: RescueCardProps) {
  const t = useTranslations("vm.rescue");
  const errorText = useErrorText();
  const put = useLivePut();
  const vm = useVmDetail(detail);
  const ready = useLiveImages(images).filter(isReadyIso);
  const [imageId, setImageId] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const image = ready.find((each) => each.id === imageId);
  const state = vm.rescue ? t("isOn") : isOff(vm.state) ? null : t("notOff");
  const wanting = ready.length === 0 ? t("noImages") : image ? null : t("choose");

  async function run() {
    if (busy || image === undefined) return;
    setBusy(true);
    const result = await callAction(() => start({ vmId: vm.id, imageId }));
    setBusy(false);
    setFailure(result.ok ? null : result.error.message);
    if (!result.ok) return;
    put({ type: "vm", vm: result.value });
    toast.ok(t("started", { name: vm.name, image: image.name }));
  }

  return (
    <Card title={t("title")}>
      <p className="mb-3 text-13 text-muted">{t("hint")}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t("image")} className="min-w-56 flex-1">
          {(control) => (
            <Select
              {...control}
              value={imageId}
              onChange={({ target: { value } }) => setImageId(value)}
            >
              <option value="">{t("choose")}</option>
              {ready.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <ReasonButton
          icon={<LifeBuoy aria-hidden="true" />}
          busy={busy}
          disabledReason={forbidden ?? state ?? wanting}
          align="end"
          onClick={run}
        >
          {t("start")}
        </ReasonButton>
      </div>
      {image && state === null && (
        <div className="mt-3 flex flex-col gap-3">
          <VirshLine commands={rescueCommands(vm.domainName, image.name)} />
          <XmlDifference change={{ verb: "startVmRescue", input: { imageId } }} />
        </div>
      )}
      {failure && (
        <Callout tone="bad" role="alert" className="mt-3">
          {errorText(failure)}
        </Callout>
      )}
    </Card>
  );
}
