import { createTranslator } from "next-intl";
import english from "@/messages/en/mail.json";
import chinese from "@/messages/zh-CN/mail.json";

type Texts = typeof english;

/** A mail of the `mail` catalogue, which has its `subject` and its `text`. */
export type MailKind = {
  [Area in keyof Texts]: `${Area}.${keyof Texts[Area] & string}`;
}[keyof Texts];

/**
 * Subject and text of a mail in the given language; in English for one that we do not have. Line
 * breaks in values become spaces: nobody's name writes a header or a second link.
 */
export function mailText(
  locale: string | null | undefined,
  kind: MailKind,
  values: Record<string, string | number>,
): { subject: string; text: string } {
  const chosen = locale === "zh-CN";
  const messages: Texts = chosen ? chinese : english;
  const t = createTranslator({ locale: chosen ? "zh-CN" : "en", messages });
  const clean = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, String(value).replace(/\s+/g, " ")]),
  );
  return { subject: t(`${kind}.subject`, clean), text: t(`${kind}.text`, clean) };
}
