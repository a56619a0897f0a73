import { dictionary } from "@zxcvbn-ts/language-common";
import { once } from "@/lib/runtime/once";

/** What people put around a word to make it long enough: a year, a few signs. */
const decoration = /^[\P{L}]{0,4}|[\P{L}]{0,4}$/gu;

function commonPasswords(): Set<string> {
  return once("common-passwords", () => new Set(dictionary["passwords-common"]));
}

/**
 * Whether a password is one of the 49,000 that breaches show most often, in any case: as it is,
 * again and again, or with up to four digits or signs at either end. The list is large, so only
 * the server asks; nothing is asked of anybody else.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.normalize("NFKC").toLowerCase();
  return [lower, lower.replace(decoration, "")].some((text) => isListed(text));
}

function isListed(text: string): boolean {
  const common = commonPasswords();
  if (text.length >= 4 && common.has(text)) return true;
  // A text that repeats a part is found whole inside its own double, not only at the ends.
  const part = text.slice(0, `${text}${text}`.indexOf(text, 1));
  return part.length >= 4 && part.length < text.length && common.has(part);
}
