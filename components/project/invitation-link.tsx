"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { InvitationLink } from "./types";

const never = () => () => undefined;

/** A fresh invitation's link, shown this once: nobody can read it again. */
export function InvitationLinkNotice({ link }: { link: InvitationLink }) {
  const t = useTranslations("project.link");
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "",
  );
  const { email } = link.invitation;
  const url = `${origin}${link.path}`;
  return (
    <Callout role="status" title={t("title", { email })}>
      <p className="mb-2">{link.mailed ? t("mailed", { email }) : t("notMailed", { email })}</p>
      <Field label={t("label")} hint={t("hint")}>
        {(control) => (
          <span className="flex items-center gap-1">
            <Input
              {...control}
              readOnly
              value={url}
              className="font-mono text-xs"
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={url} label={t("copy")} className="size-9" />
          </span>
        )}
      </Field>
    </Callout>
  );
}
