"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { VirshLine } from "@/components/ui/virsh-line";
import type { DefinitionView } from "@/lib/model/definition";
import { virshLine } from "@/lib/model/virsh-line";
import { ChangeCard } from "./change-card";
import { PendingCard } from "./pending-card";
import type { DefinitionActions, DefinitionReasons } from "./types";

const CodeView = lazy(() => import("./code-view"));
const DiffView = lazy(() => import("./diff-view"));

interface DefinitionPanelProps {
  vm: { id: string; name: string; domainName: string };
  view: DefinitionView;
  forbidden: DefinitionReasons;
  actions: DefinitionActions;
}

const shows = ["nextBoot", "now", "both"] as const;
type Show = (typeof shows)[number];

/** A VM's definition as libvirt has it: of what runs, of the next boot, and what differs. */
export function DefinitionPanel({ vm, view, forbidden, actions }: DefinitionPanelProps) {
  const t = useTranslations("definition");
  const [asked, setShow] = useState<Show>(view.pending.length > 0 ? "both" : "nextBoot");
  const show = view.now === null ? "nextBoot" : asked;
  const text = show === "now" ? (view.now?.xml ?? "") : view.nextBoot.xml;
  return (
    <div className="flex flex-col gap-5 p-4 md:p-6">
      <PendingCard vmId={vm.id} view={view} forbidden={forbidden.revert} revert={actions.revert} />
      <Card title={t("title")} description={t(view.now === null ? "hintOff" : "hint")}>
        <div className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-2">
            {view.now !== null &&
              shows.map((each) => (
                <Button
                  key={each}
                  size="sm"
                  aria-pressed={show === each}
                  variant={show === each ? "primary" : "secondary"}
                  onClick={() => setShow(each)}
                >
                  {t(`show.${each}`)}
                </Button>
              ))}
            {show !== "both" && (
              <Button
                size="sm"
                icon={<Download aria-hidden="true" />}
                onClick={() => save(`${vm.name}.xml`, text)}
              >
                {t("download")}
              </Button>
            )}
          </div>
          {view.hidden && <Callout>{t("hidden")}</Callout>}
          <Suspense fallback={<Skeleton className="h-64" />}>
            {show === "both" ? (
              <DiffView
                before={{ label: t("show.now"), text: view.now?.xml ?? "" }}
                after={{ label: t("show.nextBoot"), text: view.nextBoot.xml }}
              />
            ) : (
              <CodeView label={t(`show.${show}`)} text={text} />
            )}
          </Suspense>
          <VirshLine
            commands={[
              ...(show === "nextBoot" ? [] : [virshLine(["dumpxml", vm.domainName])]),
              ...(show === "now" ? [] : [virshLine(["dumpxml", "--inactive", vm.domainName])]),
            ]}
          />
        </div>
      </Card>
      <ChangeCard vm={vm} nextBoot={view.nextBoot} forbidden={forbidden} actions={actions} />
    </div>
  );
}

/** Hands the browser a file. */
function save(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "application/xml" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
  URL.revokeObjectURL(href);
}
