"use client";

import Image from "next/image";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { VmView } from "@/lib/model/vm";
import { useScreen } from "./use-screen";

interface ScreenCardProps {
  vm: VmView;
  /** Path of the VM's pages. */
  href: string;
}

/** What the VM's screen shows now, and the way to it. */
export function ScreenCard({ vm, href }: ScreenCardProps) {
  const t = useTranslations("vm.detail");
  const shown = useScreen(`${href}/screenshot`, vm.bootId);
  return (
    <Card title={t("screen")}>
      {shown === null ? (
        <p className="text-13 text-muted">{t(vm.bootId === null ? "screenOff" : "screenNone")}</p>
      ) : (
        <Link
          href={`${href}/console`}
          className="relative block aspect-4/3 overflow-hidden rounded-md border border-line bg-[#0b0d11]"
        >
          <Image
            unoptimized
            fill
            src={shown}
            alt={t("screenAlt", { name: vm.name })}
            className="object-contain"
          />
        </Link>
      )}
    </Card>
  );
}
