"use client";

import { FileOutput, Shrink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFollowServer } from "@/components/shell/follow-server";
import { useLiveVm } from "@/components/shell/live-provider";
import type { CancelTaskAction } from "@/components/task/types";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { Quota } from "@/lib/model/quota";
import type { VmDetail } from "@/lib/model/vm";
import { type RewriteKind, rewriteProblem } from "@/lib/model/volume/convert-plan";
import type { DiskFileView } from "@/lib/model/volume/disk-file";
import { RewriteDialog } from "./rewrite-dialog";
import { RewriteTask } from "./rewrite-task";
import type { CompactAction, ConvertAction } from "./types";

interface RewriteCardProps {
  detail: VmDetail;
  view: DiskFileView;
  quota: Quota;
  forbidden: string | null;
  convert: ConvertAction;
  compact: CompactAction;
  mayCancel: boolean;
  cancel: CancelTaskAction;
}

/** What may be done to the file of a VM that is off, and why not. */
export function RewriteCard(props: RewriteCardProps) {
  const { detail, view, quota, forbidden, convert, compact } = props;
  const t = useTranslations("volume");
  const errorText = useErrorText();
  const vm = { ...detail, ...useLiveVm(detail) };
  // Another file, or a guest that starts or stops: the page tells of something else.
  useFollowServer(`${detail.hardware} ${detail.bootId}`, `${vm.hardware} ${vm.bootId}`);
  const [open, setOpen] = useState<RewriteKind | null>(null);
  const problem = rewriteProblem({
    state: vm.state,
    hasSnapshots: vm.snapshots !== "",
    file: view,
  });
  const reason = forbidden ?? (problem && errorText(problem));
  const notCompactable = view.format === "qcow2" ? null : { key: "volume.not_compactable" };
  return (
    <Card title={t("rewrite")} description={t("rewriteHint")}>
      <div className="flex flex-wrap gap-2">
        <ReasonButton
          icon={<FileOutput aria-hidden="true" />}
          disabledReason={reason}
          onClick={() => setOpen("disk.convert")}
        >
          {t("convert")}
        </ReasonButton>
        <ReasonButton
          icon={<Shrink aria-hidden="true" />}
          disabledReason={reason ?? (notCompactable && errorText(notCompactable))}
          onClick={() => setOpen("disk.compact")}
        >
          {t("compact")}
        </ReasonButton>
      </div>
      {problem && <p className="mt-3 text-13 text-muted">{errorText(problem)}</p>}
      <RewriteTask
        initial={detail.tasks}
        vmId={detail.id}
        mayCancel={props.mayCancel}
        cancel={props.cancel}
      />
      {open && (
        <RewriteDialog
          kind={open}
          vm={vm}
          view={view}
          quota={quota}
          convert={convert}
          compact={compact}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}
