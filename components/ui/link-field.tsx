"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { withBase } from "@/lib/base-path";
import { CopyButton } from "./copy-button";
import { Field } from "./field";
import { Input } from "./input";

const never = () => () => undefined;

interface LinkFieldProps {
  /** Below the portal's own address. */
  path: string;
  label: string;
  hint: string;
}

/** A link that somebody hands over, with the address by which this browser reaches the portal. */
export function LinkField({ path, label, hint }: LinkFieldProps) {
  const t = useTranslations("common");
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "",
  );
  const url = `${origin}${withBase(path)}`;
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <span className="flex items-center gap-1">
          <Input
            {...control}
            readOnly
            value={url}
            className="font-mono text-xs"
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton text={url} label={t("copyLink")} className="size-9" />
        </span>
      )}
    </Field>
  );
}
