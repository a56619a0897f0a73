/** What PORTICO_BASE_PATH may be: no dot in it, so that two never share a folder. */
export const basePathPattern = /^(\/[\w-]+)*$/;

/**
 * Where the pages are built to, from the root of the project. Next writes the base path into
 * them, so that each has a folder of its own: a change to and fro builds once.
 * @param {string} basePath "" or like "/cloud"
 */
export function pagesDir(basePath) {
  return basePath === "" ? ".next" : `dist/below/${basePath.slice(1).replaceAll("/", ".")}`;
}
