"use client";

import { useTranslations } from "next-intl";
import type { UserMessage } from "@/lib/model/errors";

/** Gives the function that turns an error's key and values into the person's language. */
export function useErrorText(): (message: UserMessage) => string {
  const t = useTranslations("errors");
  return ({ key, values }) => (t.has(key) ? t(key, values) : t("internal"));
}
