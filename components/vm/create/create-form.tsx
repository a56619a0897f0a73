"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { CancelUploadAction } from "@/components/image/types";
import { QuotaPreview } from "@/components/quota/quota-preview";
import { useOverReason } from "@/components/quota/use-over-reason";
import { useLiveImages } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { NetworkView } from "@/lib/model/host";
import { type ImageView, isReadyIso } from "@/lib/model/image";
import { judgeQuota, overMessage, type Quota } from "@/lib/model/quota";
import { vmLimits } from "@/lib/model/vm-limits";
import type { CreateAction, HostRoom, ProjectRef } from "../types";
import { FirmwareSection, FormatSection, NetworkSection, VideoSection } from "./choice-sections";
import {
  askedOf,
  checkForm,
  type FieldErrors,
  type CreateForm as Form,
  type FormField,
  overErrors,
  toInput,
  withImage,
} from "./form-state";
import { SizeSection } from "./size-section";
import { SourceSection } from "./source-section";
import { Summary } from "./summary";

interface CreateFormProps {
  project: ProjectRef;
  images: ImageView[];
  networks: NetworkView[];
  room: HostRoom | null;
  quota: Quota;
  /** The ISO to begin with, from the page's address. */
  imageId: string | null;
  mayUpload: boolean;
  create: CreateAction;
  cancelUpload: CancelUploadAction;
}

const untouched: ReadonlySet<FormField> = new Set();

/** The whole creation on one page: form, live summary, and then the console. */
export function CreateForm(props: CreateFormProps) {
  const { project, networks, room, quota, create } = props;
  const t = useTranslations("create");
  const router = useRouter();
  const errorText = useErrorText();
  const overReason = useOverReason();
  const formRef = useRef<HTMLFormElement>(null);
  const images = useLiveImages(props.images);
  const [touched, setTouched] = useState(untouched);
  const [form, setForm] = useState<Form>(() => firstForm(props));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<UserMessage | null>(null);
  const [busy, setBusy] = useState(false);
  const image = images.find((each) => each.id === form.imageId) ?? null;
  const lines = judgeQuota(quota, askedOf(form, room));
  const tooMany = lines.find((line) => line.resource === "vms" && line.over);

  // The first ISO that becomes ready while nothing else was chosen is the one that is meant.
  const arrived = images.find(isReadyIso) ?? null;
  useEffect(() => {
    if (arrived === null || touched.has("imageId")) return;
    setForm((now) => (now.imageId === "" ? withImage(now, arrived, touched) : now));
  }, [arrived, touched]);

  function change(next: Partial<Form>) {
    const fields = Object.keys(next) as FormField[];
    setForm({ ...form, ...next });
    setTouched(new Set([...touched, ...fields]));
    setErrors(Object.fromEntries(Object.entries(errors).filter(([key]) => !(key in next))));
  }

  function chooseImage(id: string) {
    const chosen = images.find((each) => each.id === id) ?? null;
    setForm(withImage(form, chosen, touched));
    setTouched(new Set([...touched, "imageId"]));
  }

  function fail(found: FieldErrors, message: UserMessage | null) {
    // The fields must be marked before the first marked one can be found.
    flushSync(() => {
      setErrors(found);
      setFailure(message);
      setBusy(false);
    });
    formRef.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || overReason(lines) !== null) return;
    const found = checkForm(form);
    if (Object.keys(found).length > 0) {
      fail(found, null);
      return;
    }
    setBusy(true);
    const result = await callAction(() => create(toInput(form, project.id)));
    if (result.ok) {
      router.push(`/p/${project.slug}/vms/${result.value.vmId}/console`);
      return;
    }
    const { fields, message, code } = result.error;
    // Somebody else took the room: the figures on the page are old.
    if (code === "quota.exceeded") router.refresh();
    fail(fields, code === "input.invalid" ? null : message);
  }

  const errorOf = (field: FormField) => {
    const error = errors[field] ?? overErrors(lines)[field];
    return error ? errorText(error) : null;
  };
  const sections = { form, errorOf, onChange: change };
  const wrong = Object.keys(errors).length > 0;
  return (
    <form
      ref={formRef}
      noValidate
      onSubmit={submit}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <div className="flex flex-col gap-5">
        <Card>
          <Field
            label={<span className="font-semibold text-sm">{t("name")}</span>}
            error={errorOf("name")}
            hint={t("nameHint", { max: vmLimits.nameLength })}
          >
            {(control) => (
              <Input
                {...control}
                name="name"
                autoComplete="off"
                spellCheck={false}
                required
                value={form.name}
                onChange={(event) => change({ name: event.target.value })}
                className="max-w-md"
              />
            )}
          </Field>
        </Card>
        <SourceSection
          form={form}
          projectId={project.id}
          images={images}
          image={image}
          mayUpload={props.mayUpload}
          cancelUpload={props.cancelUpload}
          errorOf={errorOf}
          onImage={chooseImage}
        />
        <SizeSection {...sections} image={image} room={room} />
        <FormatSection form={form} onChange={change} />
        <NetworkSection
          form={form}
          onChange={change}
          networks={networks}
          error={errorOf("network")}
        />
        <FirmwareSection form={form} onChange={change} />
        <VideoSection form={form} onChange={change} />
      </div>
      <Summary form={form} image={image} room={room}>
        {room === null && (
          <Callout tone="bad" title={t("noHost")}>
            {t("noHostHint")}
          </Callout>
        )}
        {(failure || wrong) && (
          <Callout tone="bad" role="alert" title={t("failed")}>
            {failure ? errorText(failure) : t("check")}
          </Callout>
        )}
        <QuotaPreview lines={lines} />
        {tooMany && <Callout tone="bad">{errorText(overMessage(tooMany))}</Callout>}
        <div className="flex flex-col gap-2">
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={overReason(lines)}
          >
            {t("submit")}
          </ReasonButton>
          <LinkButton variant="ghost" href={`/p/${project.slug}/vms`}>
            {t("cancel")}
          </LinkButton>
        </div>
      </Summary>
    </form>
  );
}

function firstForm({ images, networks, imageId }: CreateFormProps): Form {
  const ready = images.filter(isReadyIso);
  const image = ready.find((each) => each.id === imageId) ?? ready[0] ?? null;
  const network =
    networks.find((each) => each.active && each.name === "default") ??
    networks.find((each) => each.active);
  const empty: Form = {
    name: "",
    imageId: "",
    vcpus: "",
    memoryMib: "",
    roomToGrow: true,
    memoryModules: false,
    diskGib: "",
    diskFormat: "qcow2",
    network: network?.name ?? "",
    firmware: "bios",
    video: "virtio",
  };
  return withImage(empty, image, untouched);
}
