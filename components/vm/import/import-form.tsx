"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { CancelUploadAction } from "@/components/image/types";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { useLiveImages } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ApplianceView, ImportVmInput } from "@/lib/model/appliance";
import type { UserMessage } from "@/lib/model/errors";
import type { NetworkView } from "@/lib/model/host";
import type { ImageView } from "@/lib/model/image";
import { judgeQuota, type Quota } from "@/lib/model/quota";
import type { ActionResult } from "@/lib/model/result";
import { FirmwareSection, NetworkSection } from "../create/choice-sections";
import type { HostRoom, ProjectRef } from "../types";
import { DriversSection } from "./drivers-section";
import { FileSection } from "./file-section";
import { type ImportForm as Form, firstForm, inputOf, quotaAsked } from "./form-state";
import { ImportSummary } from "./import-summary";
import { SaysCard } from "./says-card";
import { SizesSection } from "./sizes-section";

interface ImportFormProps {
  project: ProjectRef;
  images: ImageView[];
  networks: NetworkView[];
  room: HostRoom | null;
  quota: Quota;
  /** The file to begin with, from the page's address. */
  imageId: string | null;
  mayUpload: boolean;
  importVm: (input: ImportVmInput) => Promise<ActionResult<{ vmId: string; taskId: string }>>;
  cancelUpload: CancelUploadAction;
}

type Fields = Partial<Record<keyof Form, UserMessage>>;

/** A file that was looked at: `appliance` says what is in it. */
type Ready = ImageView & { appliance: ApplianceView };

/** An upload, what it says of its VM, what may be changed, and what will be made of it. */
export function ImportForm(props: ImportFormProps) {
  const { project, networks, room, quota } = props;
  const t = useTranslations("import");
  const router = useRouter();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const images = useLiveImages(props.images).filter((image) => image.kind === "appliance");
  const ready = images.filter(isReady);
  const [chosenId, setChosenId] = useState(props.imageId);
  const chosen = ready.find((each) => each.id === chosenId) ?? ready[0] ?? null;
  // What was typed counts for the file that it was typed for.
  const [typed, setTyped] = useState<{ imageId: string; form: Partial<Form> } | null>(null);
  const [failure, setFailure] = useState<{ fields: Fields; message: UserMessage } | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = (
    <FileSection
      projectId={project.id}
      images={images}
      ready={ready}
      chosen={chosen}
      mayUpload={props.mayUpload}
      cancelUpload={props.cancelUpload}
      onChoose={setChosenId}
    />
  );
  if (chosen === null) return choose;
  const { id: imageId, appliance } = chosen;
  const own = typed?.imageId === imageId ? typed.form : {};
  const form = { ...firstForm(appliance, networks), ...own };
  const input = inputOf(form, imageId);
  const lines = judgeQuota(quota, quotaAsked(form, appliance, room));
  const noHost = room === null ? t("noHost") : null;

  function change(next: Partial<Form>) {
    setTyped({ imageId, form: { ...own, ...next } });
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || overReason(lines) !== null) return;
    if (input === null) {
      const number = { key: "field.vcpus.number" };
      setFailure({ fields: {}, message: number });
      return;
    }
    setBusy(true);
    const result = await callAction(() => props.importVm(input));
    if (result.ok) {
      router.push(`/p/${project.slug}/vms/${result.value.vmId}`);
      return;
    }
    setBusy(false);
    if (result.error.code === "quota.exceeded") router.refresh();
    setFailure({ fields: result.error.fields as Fields, message: result.error.message });
  }

  const errorOf = (field: keyof Form) => {
    const error = failure?.fields[field];
    return error ? errorText(error) : null;
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="flex flex-col gap-5">
        {choose}
        <SaysCard appliance={appliance} />
        <SizesSection form={form} errorOf={errorOf} onChange={change} />
        <DriversSection form={form} onChange={change} />
        {appliance.networks.length > 0 && (
          <NetworkSection
            form={form}
            onChange={change}
            networks={networks}
            error={errorOf("network")}
          />
        )}
        <FirmwareSection form={form} onChange={change} />
      </div>
      <ImportSummary form={form} appliance={appliance} onChange={change}>
        {noHost && (
          <Callout tone="bad" title={noHost}>
            {t("noHostHint")}
          </Callout>
        )}
        {failure && (
          <Callout tone="bad" role="alert" title={t("failed")}>
            {errorText(Object.values(failure.fields)[0] ?? failure.message)}
          </Callout>
        )}
        <QuotaPreview lines={lines} />
        <div className="flex flex-col gap-2">
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={noHost ?? overReason(lines)}
          >
            {t("submit")}
          </ReasonButton>
          <LinkButton variant="ghost" href={`/p/${project.slug}/vms`}>
            {t("cancel")}
          </LinkButton>
        </div>
      </ImportSummary>
    </form>
  );
}

function isReady(image: ImageView): image is Ready {
  return image.state === "ready" && image.appliance !== null;
}
