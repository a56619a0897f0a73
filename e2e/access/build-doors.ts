import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(root, ".next", path), "utf8"));
}

interface ActionEntry {
  exportedName: string;
  filename: string;
  workers: Record<string, unknown>;
}

/** A server action as the build knows it. */
export interface BuiltAction {
  id: string;
  /** A page that may call it, with its dynamic parts still in brackets. */
  page: string;
}

/** Every server action of the build, by its exported name. Two of one name would hide each other. */
export function builtActions(): Map<string, BuiltAction> {
  const { node } = read("server/server-reference-manifest.json") as {
    node: Record<string, ActionEntry>;
  };
  const actions = new Map<string, BuiltAction>();
  for (const [id, { exportedName, filename, workers }] of Object.entries(node)) {
    if (actions.has(exportedName)) throw new Error(`two actions ${exportedName} (${filename})`);
    const page = Object.keys(workers)[0] ?? "";
    actions.set(exportedName, { id, page: pathOf(page) });
  }
  return actions;
}

function pathOf(worker: string): string {
  const parts = worker
    .replace(/^app\//, "")
    .replace(/\/?(page|route)$/, "")
    .split("/");
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join("/")}`;
}

/** Pages and route handlers of the build, by their address with dynamic parts in brackets. */
export function builtPaths(): { pages: string[]; routes: string[] } {
  const paths = read("app-path-routes-manifest.json") as Record<string, string>;
  const own = Object.entries(paths).filter(([, path]) => !path.startsWith("/_"));
  const endingIn = (end: string) =>
    own.filter(([file]) => file.endsWith(end)).map(([, path]) => path);
  return { pages: endingIn("/page"), routes: endingIn("/route") };
}

/** The HTTP methods that a route handler exports, read from its source. */
export function methodsOf(route: string): string[] {
  const files = read("app-path-routes-manifest.json") as Record<string, string>;
  const file = Object.entries(files).find(
    ([name, path]) => path === route && name.endsWith("/route"),
  )?.[0];
  if (file === undefined) throw new Error(`no route ${route}`);
  const source = readFileSync(join(root, `app${file}.ts`), "utf8");
  const named = /export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g;
  const listed = [...source.matchAll(named)].map((match) => match[1] ?? "");
  const grouped = [...source.matchAll(/export \{([^}]+)\}/g)].flatMap((match) =>
    [...(match[1] ?? "").matchAll(/\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g)].map(
      (each) => each[1] ?? "",
    ),
  );
  return [...new Set([...listed, ...grouped])];
}
