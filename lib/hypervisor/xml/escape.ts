const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

// The complement of XML 1.0's `Char`: most controls, two non-characters, lone surrogates.
const unprintable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const reference = (character: string) => `&#${character.charCodeAt(0)};`;

function escapeCommon(text: string): string {
  return text
    .replace(unprintable, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\r/g, reference);
}

/** Text for between tags. Characters that XML cannot carry become U+FFFD. */
export function escapeText(text: string): string {
  return escapeCommon(text);
}

/** Text for a double-quoted attribute; line ends and tabs survive as references. */
export function escapeAttribute(text: string): string {
  return escapeCommon(text)
    .replace(/"/g, "&quot;")
    .replace(/[\t\n]/g, reference);
}

/** Resolves the five predefined entities and character references; leaves any other as it stands. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, body: string) => {
    if (!body.startsWith("#")) return named[body] ?? whole;
    const code = body.startsWith("#x")
      ? Number.parseInt(body.slice(2), 16)
      : Number.parseInt(body.slice(1), 10);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
