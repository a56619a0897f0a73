"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useChange } from "@/components/project/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SshKeyView } from "@/lib/services/user/list-ssh-keys";
import { removeSshKeyAction } from "./actions";

/** The person's keys, each with the button that removes it. */
export function KeyList({ keys }: { keys: SshKeyView[] }) {
  const t = useTranslations("user.sshKeys");
  const { busy, run } = useChange();
  const [asked, setAsked] = useState<SshKeyView | null>(null);
  return (
    <>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <li key={key.id} className="flex items-center justify-between gap-4 py-2.5">
            <div className="min-w-0">
              <p className="break-words font-medium">{key.name}</p>
              <p className="break-all font-mono text-13 text-muted">
                {key.fingerprint}
                <CopyButton text={key.fingerprint} className="ml-1 align-middle" />
              </p>
              <p className="text-13 text-muted">
                {key.type} · {t("addedAt")} <TimeAgo at={key.createdAt} />
              </p>
            </div>
            <Button
              size="sm"
              aria-label={t("removeOf", { name: key.name })}
              onClick={() => setAsked(key)}
            >
              {t("remove")}
            </Button>
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t("removeTitle", { name: asked.name })}
          body={t("removeBody")}
          confirm={t("remove")}
          danger
          busy={busy}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            const done = await run(() => removeSshKeyAction({ id: asked.id }), t("removed"));
            if (done) setAsked(null);
          }}
        />
      )}
    </>
  );
}
