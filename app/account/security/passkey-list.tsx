"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "@/components/account/use-act";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ReasonButton } from "@/components/ui/reason-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { PasskeyView } from "@/lib/services/factor/list-factors";
import { removePasskeyAction } from "./actions";
import { AddPasskeyDialog, RenamePasskeyDialog } from "./passkey-dialogs";
import { Section } from "./section";

interface PasskeyListProps {
  passkeys: PasskeyView[];
  /** Whether browsers do WebAuthn at the portal's address. */
  work: boolean;
  /** Told when one is added, with the recovery codes that came with it. */
  added: (recoveryCodes: string[] | null) => void;
}

export function PasskeyList({ passkeys, work, added }: PasskeyListProps) {
  const t = useTranslations("account.passkeys");
  const errors = useTranslations("errors.auth");
  const { busy, act } = useAct();
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<PasskeyView | null>(null);
  const [removing, setRemoving] = useState<PasskeyView | null>(null);
  return (
    <Section
      title={t("title")}
      text={t("text")}
      action={
        <ReasonButton
          size="sm"
          align="end"
          disabledReason={work ? null : errors("passkey_origin")}
          onClick={() => setAdding(true)}
        >
          {t("add")}
        </ReasonButton>
      }
    >
      {passkeys.length > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
              <div className="min-w-0 flex-1 basis-48">
                <p className="break-words font-medium">{passkey.name}</p>
                <p className="text-13 text-muted">
                  {t("added")} <TimeAgo at={passkey.createdAt} /> ·{" "}
                  {passkey.lastUsedAt === null ? (
                    t("neverUsed")
                  ) : (
                    <>
                      {t("used")} <TimeAgo at={passkey.lastUsedAt} />
                    </>
                  )}
                </p>
              </div>
              <Button
                size="sm"
                variant="ghost"
                aria-label={t("renameOf", { name: passkey.name })}
                onClick={() => setRenaming(passkey)}
              >
                {t("rename")}
              </Button>
              <Button
                size="sm"
                aria-label={t("removeOf", { name: passkey.name })}
                onClick={() => setRemoving(passkey)}
              >
                {t("remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <AddPasskeyDialog
          onClose={() => setAdding(false)}
          onDone={(recoveryCodes) => {
            setAdding(false);
            added(recoveryCodes);
          }}
        />
      )}
      {renaming && <RenamePasskeyDialog passkey={renaming} onClose={() => setRenaming(null)} />}
      {removing && (
        <ConfirmDialog
          title={t("removeTitle", { name: removing.name })}
          body={t("removeBody")}
          confirm={t("remove")}
          danger
          busy={busy}
          onClose={() => setRemoving(null)}
          onConfirm={() =>
            act(
              () => removePasskeyAction({ id: removing.id }),
              t("removed"),
              () => setRemoving(null),
            )
          }
        />
      )}
    </Section>
  );
}
