import { createTranslator } from "next-intl";
import type { Locale } from "@/i18n/locales";
import english from "@/messages/en/errors.json";
import chinese from "@/messages/zh-CN/errors.json";
import type { Say } from "../handlers/handler";

const words: Record<Locale, Say> = { en: sayer("en", english), "zh-CN": sayer("zh-CN", chinese) };

/** The words of errors in a language. */
export function sayIn(locale: Locale): Say {
  return words[locale];
}

function sayer(locale: Locale, messages: typeof english): Say {
  const t = createTranslator({
    locale,
    messages,
    // A key without words is shown as it is, which still says more than nothing.
    onError: () => undefined,
    getMessageFallback: ({ key }) => key,
  }) as unknown as (key: string, values?: Record<string, string | number>) => string;
  return ({ key, values }) => t(key, values);
}
