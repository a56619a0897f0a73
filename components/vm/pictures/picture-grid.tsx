"use client";

import Image from "next/image";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import type { VmView } from "@/lib/model/vm";
import { VmStateLabel } from "../vm-state";
import { usePictures } from "./use-pictures";

interface PictureGridProps {
  vms: readonly VmView[];
  /** Path of the project's VMs. */
  href: string;
}

/** The VMs by what is on their screens; who is out of sight costs nothing. */
export function PictureGrid({ vms, href }: PictureGridProps) {
  const t = useTranslations("vm");
  const { shown, watch } = usePictures((id) => `${href}/${id}/screenshot`);
  return (
    <ul
      aria-label={t("title")}
      className="grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-4"
    >
      {vms.map((vm) => (
        <VmPicture
          key={vm.id}
          vm={vm}
          href={`${href}/${vm.id}`}
          picture={shown.get(vm.id) ?? null}
          watch={watch}
        />
      ))}
    </ul>
  );
}

interface VmPictureProps {
  vm: VmView;
  href: string;
  picture: string | null;
  watch: ReturnType<typeof usePictures>["watch"];
}

function VmPicture({ vm, href, picture, watch }: VmPictureProps) {
  const t = useTranslations("vm.detail");
  const place = useRef<HTMLLIElement>(null);
  const { id, bootId } = vm;
  useEffect(() => {
    // Only what runs has a screen.
    if (bootId !== null && place.current !== null) return watch(id, place.current);
  }, [id, bootId, watch]);
  return (
    <li ref={place} className="rounded-md border border-line bg-surface p-2">
      <Link href={href} className="block">
        <span className="relative flex aspect-4/3 items-center justify-center overflow-hidden rounded bg-[#0b0d11] text-[#c3c8d1] text-xs">
          {bootId !== null && picture !== null ? (
            <Image
              unoptimized
              fill
              src={picture}
              alt={t("screenAlt", { name: vm.name })}
              className="object-contain"
            />
          ) : (
            <span className="px-3 text-center">
              {t(bootId === null ? "screenOff" : "screenNone")}
            </span>
          )}
        </span>
        <span className="mt-2 block truncate font-medium">{vm.name}</span>
      </Link>
      <VmStateLabel state={vm.state} />
    </li>
  );
}
