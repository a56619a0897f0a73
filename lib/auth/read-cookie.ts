const longest = 2_048;

/** The first cookie of that name in a Cookie header; null when absent or absurdly long. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const cut = part.indexOf("=");
    if (cut <= 0 || part.slice(0, cut).trim() !== name) continue;
    const value = part.slice(cut + 1).trim();
    return value.length <= longest ? value : null;
  }
  return null;
}
