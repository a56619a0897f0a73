"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { awaitWatch } from "@/components/shell/awaited-watches";
import { useFiredWatches } from "@/components/shell/live-provider";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { useErrorText } from "@/components/ui/use-error-text";
import type { WatchView } from "@/lib/model/watch/watch";
import type { WatchActions } from "./types";
import { WatchForm } from "./watch-form";
import { WatchList } from "./watch-list";

interface WatchDialogProps {
  vmId: string;
  actions: WatchActions;
  onClose: () => void;
}

/** Has the portal look at the guest's screen, and tells what it has seen. */
export function WatchDialog({ vmId, actions, onClose }: WatchDialogProps) {
  const t = useTranslations("console.watch");
  const errorText = useErrorText();
  const [watches, setWatches] = useState<readonly WatchView[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  const [notice, setNotice] = useState<{ text: string } | null>(null);
  const fired = useFiredWatches();
  const status = useRef<HTMLParagraphElement>(null);
  const { list } = actions;

  const load = useCallback(async () => {
    const result = await callAction(() => list({ vmId }));
    if (result.ok) setWatches(result.value);
    else setNotice({ text: errorText(result.error.message) });
  }, [list, vmId, errorText]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one that fires is shown at once
  useEffect(() => {
    void load();
  }, [load, fired]);

  // The form is below the fold, and what came of it above.
  useEffect(() => {
    if (notice !== null) status.current?.scrollIntoView({ block: "center" });
  }, [notice]);

  async function remove({ id: watchId }: WatchView) {
    const result = await callAction(() => actions.remove({ vmId, watchId }));
    if (!result.ok) setNotice({ text: errorText(result.error.message) });
    await load();
  }

  return (
    <Dialog open onClose={onClose} title={t("title")} description={t("explain")}>
      {watches.length > 0 && (
        <WatchList watches={watches} onRemove={(watch) => void remove(watch)} />
      )}
      {secret !== null && (
        <Callout tone="info">
          {t("secret")} <code className="break-all font-mono">{secret}</code>{" "}
          <CopyButton text={secret} label={t("copySecret")} />
        </Callout>
      )}
      <p ref={status} role="status" className="text-13 text-muted empty:hidden">
        {notice?.text}
      </p>
      <WatchForm
        vmId={vmId}
        add={actions.add}
        onAdded={(watch, hookSecret) => {
          awaitWatch(watch);
          setSecret(hookSecret);
          setNotice({ text: t("added", { name: watch.name }) });
          void load();
        }}
      />
    </Dialog>
  );
}
