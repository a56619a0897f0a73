"use client";

import { LayoutGrid, Maximize, Minimize } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useLiveStatus, useLiveVms } from "@/components/shell/live-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toast";
import type { VmView } from "@/lib/model/vm";
import { useFullScreen } from "../use-full-screen";
import { wallOf } from "./wall-of";
import { WallTile } from "./wall-tile";

interface ConsoleWallProps {
  initial: readonly VmView[];
  /** Path of the project's VMs. */
  href: string;
}

/** Live screens beside each other, to look at; each leads to its console. */
export function ConsoleWall({ initial, href }: ConsoleWallProps) {
  const t = useTranslations("console");
  const vms = useLiveVms(initial);
  const portalHeard = useLiveStatus() === "open";
  const root = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(root);
  const { shown, left } = wallOf(vms);
  const label = t(fullScreen.active ? "bar.leaveFullScreen" : "bar.fullScreen");
  return (
    <div ref={root} className="flex flex-col gap-4 overflow-y-auto bg-canvas p-4 md:p-6">
      <PageHeader
        title={t("wall.title")}
        description={shown.length > 0 && t("wall.hint")}
        actions={
          shown.length > 0 && (
            <Button
              icon={
                fullScreen.active ? (
                  <Minimize aria-hidden="true" />
                ) : (
                  <Maximize aria-hidden="true" />
                )
              }
              onClick={() =>
                void fullScreen.toggle().catch(() => toast.bad(t("notice.fullScreenDenied")))
              }
            >
              {label}
            </Button>
          )
        }
      />
      {shown.length === 0 ? (
        <EmptyState
          icon={<LayoutGrid aria-hidden="true" />}
          title={t("wall.noneTitle")}
          action={<LinkButton href={href}>{t("creating.toList")}</LinkButton>}
        >
          {t("wall.none")}
        </EmptyState>
      ) : (
        <ul
          aria-label={t("wall.title")}
          className="grid grid-cols-[repeat(auto-fill,minmax(min(22rem,100%),1fr))] gap-4"
        >
          {shown.map((vm) => (
            <WallTile key={vm.id} vm={vm} href={`${href}/${vm.id}/console`} heard={portalHeard} />
          ))}
        </ul>
      )}
      {left > 0 && <p className="text-13 text-muted">{t("wall.left", { count: left })}</p>}
    </div>
  );
}
