"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkField } from "@/components/ui/link-field";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import { type ConsoleShareView, shareMinutes } from "@/lib/model/console-share";
import type { ConsoleViewers } from "@/lib/model/console-viewer";
import type { UserMessage } from "@/lib/model/errors";
import { ShareList } from "./share-list";
import type { ShareActions } from "./share-types";

interface ShareDialogProps {
  vmId: string;
  /** Who is there now: when that changes, so does who watches by which link. */
  consoles: ConsoleViewers;
  actions: ShareActions;
  onClose: () => void;
}

/** Makes links by which people without an account watch the screen, and takes them back. */
export function ShareDialog({ vmId, consoles, actions, onClose }: ShareDialogProps) {
  const t = useTranslations("console.share");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const [shares, setShares] = useState<readonly ConsoleShareView[]>([]);
  const [name, setName] = useState("");
  const [minutes, setMinutes] = useState<number>(60);
  const [once, setOnce] = useState(true);
  const made = useRef<HTMLDivElement>(null);
  const [path, setPath] = useState<string | null>(null);
  const [error, setError] = useState<UserMessage | null>(null);
  const [busy, setBusy] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: who is there decides what is listed.
  useEffect(() => {
    let current = true;
    void callAction(() => actions.list({ vmId })).then((result) => {
      if (current && result.ok) setShares(result.value);
    });
    return () => {
      current = false;
    };
  }, [actions, vmId, consoles.viewers]);

  // It is to be copied next, and its button can no longer have the focus.
  useEffect(() => {
    if (path !== null) made.current?.querySelector("input")?.focus();
  }, [path]);

  async function create() {
    setBusy(true);
    const input = { vmId, name: name.trim(), minutes, maxVisits: once ? 1 : null };
    const result = await callAction(() => actions.create(input));
    setBusy(false);
    setError(result.ok ? null : result.error.message);
    if (!result.ok) return;
    setShares((now) => [result.value.share, ...now]);
    setPath(result.value.path);
    setName("");
  }

  async function revoke(shareId: string) {
    const result = await callAction(() => actions.revoke({ vmId, shareId }));
    // Ended by itself or by somebody else: it is gone all the same.
    const gone = result.ok || result.error.code === "not_found";
    setError(gone ? null : result.error.message);
    if (gone) setShares((now) => now.filter((each) => each.id !== shareId));
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t("explain")}
      footer={<Button onClick={onClose}>{tCommon("close")}</Button>}
    >
      {error && <Callout tone="bad" role="alert" title={errorText(error)} />}
      {path !== null && (
        <div ref={made}>
          <LinkField path={path} label={t("link")} hint={t("linkHint")} />
        </div>
      )}
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label={t("name")} hint={t("nameHint")}>
          {(control) => (
            <Input
              {...control}
              data-autofocus
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-3">
          <Field label={t("holds")} className="min-w-52 flex-1">
            {(control) => (
              <Select
                {...control}
                value={minutes}
                onChange={(event) => setMinutes(Number(event.target.value))}
              >
                {shareMinutes.map((each) => (
                  <option key={each} value={each}>
                    {t(`minutes.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("uses")} className="min-w-52 flex-1">
            {(control) => (
              <Select
                {...control}
                value={once ? "once" : "many"}
                onChange={(event) => setOnce(event.target.value === "once")}
              >
                <option value="once">{t("once")}</option>
                <option value="many">{t("many")}</option>
              </Select>
            )}
          </Field>
        </div>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={name.trim() === ""}
          className="self-start"
        >
          {t("create")}
        </Button>
      </form>
      <ShareList shares={shares} onRevoke={revoke} />
    </Dialog>
  );
}
