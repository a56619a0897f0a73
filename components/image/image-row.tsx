"use client";

import { MonitorUp, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { formatBytes } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";
import { ReasonButton } from "@/components/ui/reason-button";
import { Td, Tr } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ImageView } from "@/lib/model/image";
import { ImageStateLabel } from "./image-state";

const busyStates: readonly ImageView["state"][] = ["uploading", "checking", "storing", "deleting"];

interface ImageRowProps {
  image: ImageView;
  /** Of the task that works on it; null when it cannot be told. */
  percent: number | null;
  /** Null where no VM can be made from it. */
  createHref: string | null;
  forbidden: { remove: string | null; create: string | null };
  onDelete: (image: ImageView) => void;
}

export function ImageRow({ image, percent, createHref, forbidden, onDelete }: ImageRowProps) {
  const t = useTranslations("image");
  const locale = useLocale();
  const { name, state } = image;
  const boots = (["bios", "uefi"] as const).filter((each) => image.bootable[each]);
  return (
    <Tr>
      <th scope="row" className="max-w-80 px-3 py-2 text-left align-top font-normal">
        <span className="block truncate font-medium text-sm" title={name}>
          {name}
        </span>
        <ImageDetails image={image} />
        <span className="mt-1 block sm:hidden">
          <ImageStateLabel state={state} />
        </span>
      </th>
      <Td className="min-w-36 align-top max-sm:hidden">
        <span className="flex h-8 flex-col justify-center gap-1.5">
          <ImageStateLabel state={state} />
          {busyStates.includes(state) && (
            <Progress percent={percent} label={`${name}: ${t(`state.${state}`)}`} />
          )}
        </span>
      </Td>
      <Td className="align-top max-md:hidden">
        <span className="flex h-8 items-center">
          {image.error ? "–" : image.kind === "iso" ? t(`family.${image.osFamily}`) : t("vmFile")}
        </span>
      </Td>
      <Td className="whitespace-nowrap align-top max-sm:hidden">
        <span className="flex h-8 items-center">{formatBytes(image.sizeBytes, locale)}</span>
      </Td>
      <Td className="whitespace-nowrap align-top max-lg:hidden">
        <span className="flex h-8 items-center">
          {boots.length > 0
            ? boots.map((each) => t(`list.${each}`)).join(", ")
            : image.kind === "iso" && state === "ready" && t("list.notBootable")}
        </span>
      </Td>
      <Td className="whitespace-nowrap align-top max-lg:hidden">
        <span className="flex h-8 items-center">
          {t("list.usedByCount", { count: image.usedBy })}
        </span>
      </Td>
      <Td className="align-top max-xl:hidden">
        <TimeAgo at={image.createdAt} />
        <span className="block text-muted text-xs">
          {t("list.byWhom", { name: image.uploadedBy })}
        </span>
      </Td>
      <Td className="w-0 align-top">
        <span className="flex items-center justify-end gap-1">
          {createHref && (
            <CreateLink image={image} href={createHref} forbidden={forbidden.create} />
          )}
          <DeleteButton image={image} forbidden={forbidden.remove} onDelete={onDelete} />
        </span>
      </Td>
    </Tr>
  );
}

/** Why it was refused, or how to tell it: label and checksum. */
function ImageDetails({ image }: { image: ImageView }) {
  const t = useTranslations("image.list");
  const errorText = useErrorText();
  if (image.error) {
    return <span className="block text-13 text-bad-text">{errorText(image.error)}</span>;
  }
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-muted text-xs">
      {image.volumeLabel && <span className="font-mono">{image.volumeLabel}</span>}
      {image.sha256 && (
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          {t("sha")} <span className="font-mono">{image.sha256.slice(0, 12)}…</span>
          <CopyButton text={image.sha256} />
        </span>
      )}
    </span>
  );
}

interface CreateLinkProps {
  image: ImageView;
  href: string;
  forbidden: string | null;
}

/** To the create page, with this image chosen. */
function CreateLink({ image: { name, kind }, href, forbidden }: CreateLinkProps) {
  const t = useTranslations("image");
  const words = useTranslations("import");
  const icon = <MonitorUp aria-hidden="true" />;
  const isIso = kind === "iso";
  const label = isIso ? t("createFromOf", { name }) : words("open", { name });
  if (forbidden !== null) {
    return (
      <ReasonButton
        variant="ghost"
        size="icon"
        aria-label={label}
        icon={icon}
        align="end"
        disabledReason={forbidden}
      />
    );
  }
  return (
    <Link
      href={href}
      aria-label={label}
      title={isIso ? t("createFrom") : words("openShort")}
      className={buttonClass({ variant: "ghost", size: "icon" })}
    >
      {icon}
    </Link>
  );
}

type DeleteButtonProps = Pick<ImageRowProps, "image" | "onDelete"> & { forbidden: string | null };

function DeleteButton({ image, forbidden, onDelete }: DeleteButtonProps) {
  const t = useTranslations("image.list");
  const busy = busyStates.includes(image.state) ? t("busy") : null;
  const inUse = image.usedBy > 0 ? t("inUse") : null;
  return (
    <ReasonButton
      variant="ghost"
      size="icon"
      aria-label={t("deleteOf", { name: image.name })}
      icon={<Trash2 aria-hidden="true" />}
      align="end"
      disabledReason={forbidden ?? busy ?? inUse}
      onClick={() => onDelete(image)}
    />
  );
}
