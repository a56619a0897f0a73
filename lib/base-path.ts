/**
 * The path of its origin below which the portal lies, like "/cloud"; "" at the root. The build
 * writes it into what browsers run (next.config.mjs).
 */
export const basePath: string = process.env.PORTICO_BASE_PATH ?? "";

/**
 * The path that a browser asks for, of one that begins at the portal's own start page. Links,
 * the router and redirects of Next put the base path in front themselves; everything else goes
 * through here: `fetch`, streams, sockets, `<a>`, downloads, `location`, `Location`.
 */
export function withBase(path: string, base = basePath): string {
  const isStart = path === "/" || path.startsWith("/?");
  return isStart && base !== "" ? `${base}${path.slice(1)}` : `${base}${path}`;
}

/** The other way round; null for what does not lie below the base path. */
export function withoutBase(path: string, base = basePath): string | null {
  if (base === "") return path;
  if (!path.startsWith(base)) return null;
  const rest = path.slice(base.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : null;
}
