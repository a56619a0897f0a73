"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { setLocaleAction, setThemeAction } from "@/app/(portal)/shell-actions";
import { type Theme, themes } from "@/components/shell/theme";
import { callAction } from "@/components/ui/call-action";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionResult } from "@/lib/model/result";

/** Language and appearance as form fields. */
export function Preferences({ theme }: { theme: Theme }) {
  const t = useTranslations("nav");
  const errorText = useErrorText();
  const locale = useLocale();
  const router = useRouter();
  const [, startTransition] = useTransition();

  function keep(work: () => Promise<ActionResult<void>>) {
    startTransition(async () => {
      const result = await callAction(work);
      if (!result.ok) toast.bad(errorText(result.error.message));
      router.refresh();
    });
  }

  return (
    <div className="grid max-w-sm gap-4 sm:max-w-lg sm:grid-cols-2">
      <Field label={t("language")}>
        {(control) => (
          <Select
            {...control}
            value={locale}
            onChange={(event) => {
              const chosen = event.target.value === "zh-CN" ? "zh-CN" : "en";
              keep(() => setLocaleAction(chosen));
            }}
          >
            <option value="en" lang="en">
              English
            </option>
            <option value="zh-CN" lang="zh-CN">
              简体中文
            </option>
          </Select>
        )}
      </Field>
      <Field label={t("appearance")}>
        {(control) => (
          <Select
            {...control}
            value={theme}
            onChange={(event) => {
              const chosen = themes.find((each) => each === event.target.value) ?? "system";
              keep(() => setThemeAction(chosen));
            }}
          >
            {themes.map((each) => (
              <option key={each} value={each}>
                {t(`theme.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
