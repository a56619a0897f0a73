import { notFound } from "@/lib/model/errors";
import { apiBase, type OperationId } from "../spec/operations";
import { allowedMethods, matchPath } from "./match-path";
import { RequestProblem } from "./request-problem";

/** Addresses that are kept at most; when there are more, all are let go. */
const mostKept = 2_000;
const longestKept = 256;

/** What a method and an address ask for. */
export interface Asked {
  readonly id: OperationId;
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
  /** What the operation's schemas made of it, where that was found out before. */
  readonly input: Readonly<Record<string, unknown>> | null;
}

/**
 * What was asked by addresses alone, without a body. Programs ask the same again and again, and
 * taking an address apart costs more than looking up a kept answer.
 */
export class Understood {
  private readonly kept = new Map<string, Asked>();

  /** Throws `not_found` for an address that there is not, and for a method it does not have. */
  ask(method: string, url: string): Asked {
    return this.kept.get(`${method} ${url}`) ?? read(method, url);
  }

  /** Keeps what an address was found to mean; nobody may change the input any more. */
  keep(method: string, url: string, asked: Asked & { input: Record<string, unknown> }): void {
    if (url.length > longestKept) return;
    if (this.kept.size >= mostKept) this.kept.clear();
    this.kept.set(`${method} ${url}`, { ...asked, input: Object.freeze(asked.input) });
  }
}

function read(method: string, url: string): Asked {
  const { pathname, searchParams } = new URL(url, "http://portal");
  const path = pathname.slice(apiBase.length);
  const match = matchPath(path);
  if (match === null) throw notFound("this path");
  const id = match.byMethod.get(method);
  if (id === undefined) {
    const headers = { Allow: allowedMethods(match) };
    throw new RequestProblem("request.method", `${method} ${path}`, headers);
  }
  return { id, params: match.params, query: searchParams, input: null };
}
