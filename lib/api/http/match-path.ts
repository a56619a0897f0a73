import type { Method } from "../spec/operation";
import { type OperationId, operationList } from "../spec/operations";

interface Route {
  /** Parts of the path; a name in braces takes any one part. */
  parts: readonly string[];
  byMethod: Map<string, OperationId>;
}

const routes = routesOf();

export interface Match {
  params: Record<string, string>;
  byMethod: ReadonlyMap<string, OperationId>;
}

/** The operations at a path below `/api/v1`, by method; null when there are none. */
export function matchPath(path: string): Match | null {
  const parts = path.split("/").slice(1);
  for (const route of routes.get(parts.length) ?? []) {
    const params = paramsOf(route, parts);
    if (params !== null) return { params, byMethod: route.byMethod };
  }
  return null;
}

/** The value of `Allow` for a path. */
export function allowedMethods({ byMethod }: Match): string {
  return [...byMethod.keys()].join(", ");
}

/** By the number of parts; fixed paths come before those with names. */
function routesOf(): Map<number, Route[]> {
  const found = new Map<string, Route>();
  for (const [id, { method, path }] of operationList) {
    const route = found.get(path) ?? { parts: path.split("/").slice(1), byMethod: new Map() };
    route.byMethod.set(method satisfies Method, id);
    found.set(path, route);
  }
  const byLength = new Map<number, Route[]>();
  for (const route of [...found.values()].sort((a, b) => names(a) - names(b))) {
    byLength.set(route.parts.length, [...(byLength.get(route.parts.length) ?? []), route]);
  }
  return byLength;
}

function names({ parts }: Route): number {
  return parts.filter((part) => part.startsWith("{")).length;
}

function paramsOf({ parts }: Route, given: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) {
      const text = decoded(value);
      if (text === null) return null;
      params[part.slice(1, -1)] = text;
    } else if (part !== value) return null;
  }
  return params;
}

function decoded(value: string): string | null {
  if (value === "") return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
