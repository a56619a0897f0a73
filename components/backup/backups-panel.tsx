"use client";

import { Archive } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { BackupView } from "@/lib/model/backup";
import type { Quota } from "@/lib/model/quota";
import { BackupTable } from "./backup-table";
import type { BackupActions, BackupReasons } from "./types";

const RestoreDialog = dynamic(
  () => import("./restore-dialog").then((module) => module.RestoreDialog),
  { ssr: false },
);
const InPlaceDialog = dynamic(
  () => import("./in-place-dialog").then((module) => module.InPlaceDialog),
  { ssr: false },
);
const ConfirmDialog = dynamic(
  () => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog),
  { ssr: false },
);

export type BackupVerb = "verify" | "restore" | "restoreInPlace" | "delete";

interface BackupsPanelProps {
  backups: readonly BackupView[];
  slug: string;
  quota: Quota;
  forbidden: BackupReasons;
  actions: BackupActions;
  /** Of all VMs of the project, or of one: then that one's name is not said at each. */
  ofProject: boolean;
  /** The way to the first one, where there is none yet. */
  begin: ReactNode;
}

/** Backups, newest first, with what may be done to each. */
export function BackupsPanel(props: BackupsPanelProps) {
  const { backups, slug, quota, forbidden, actions, ofProject, begin } = props;
  const t = useTranslations("backup");
  const errorText = useErrorText();
  const [asked, setAsked] = useState<{ verb: BackupVerb; of: BackupView } | null>(null);
  const close = () => setAsked(null);

  async function run(call: Promise<Awaited<ReturnType<BackupActions["verify"]>>>, said: string) {
    const result = await callAction(() => call);
    if (result.ok) toast.info(said);
    else toast.bad(errorText(result.error.message));
  }

  function ask(verb: BackupVerb, of: BackupView) {
    if (verb !== "verify") setAsked({ verb, of });
    else void run(actions.verify({ backupId: of.id }), t("verify.started"));
  }

  if (backups.length === 0) {
    return (
      <EmptyState icon={<Archive aria-hidden="true" />} title={t("empty.title")} action={begin}>
        {t(ofProject ? "empty.ofProject" : "empty.body")}
      </EmptyState>
    );
  }
  return (
    <>
      <BackupTable
        backups={backups}
        slug={slug}
        ofProject={ofProject}
        forbidden={forbidden}
        onAsk={ask}
      />
      {asked?.verb === "restore" && (
        <RestoreDialog
          backup={asked.of}
          slug={slug}
          quota={quota}
          restore={actions.restore}
          onClose={close}
        />
      )}
      {asked?.verb === "restoreInPlace" && (
        <InPlaceDialog
          backup={asked.of}
          quota={quota}
          restore={actions.restoreInPlace}
          onClose={close}
        />
      )}
      {asked?.verb === "delete" && (
        <ConfirmDialog
          danger
          title={t("delete.title", { name: asked.of.vmName })}
          body={t("delete.body")}
          confirm={t("delete.confirm")}
          onClose={close}
          onConfirm={() => {
            close();
            void run(actions.remove({ backupId: asked.of.id }), t("delete.started"));
          }}
        />
      )}
    </>
  );
}
