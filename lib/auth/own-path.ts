/**
 * A path of our own to go to after signing in; "/" for anything that a browser would take
 * elsewhere: other hosts, `//host`, `/\host`, control characters that browsers drop, schemes.
 */
export function ownPath(asked: string | null | undefined): string {
  if (!asked || asked.length > 1_000) return "/";
  for (const text of [asked, decode(asked)]) {
    if (text === null || hasOddCharacter(text) || !/^\/(?!\/)/.test(text)) return "/";
  }
  const base = "http://portico.invalid";
  const url = URL.canParse(asked, base) ? new URL(asked, base) : null;
  if (url === null || url.origin !== base || url.pathname.startsWith("//")) return "/";
  if (/^\/(sign-in|second-factor|setup|api)(\/|$)/.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}`;
}

/** Control characters, which browsers skip, and the backslash, which they read as a slash. */
function hasOddCharacter(text: string): boolean {
  return [...text].some((char) => char < " " || char === "\u007f" || char === "\\");
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
