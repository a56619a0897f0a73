import { z } from "zod";
import { type Permission, ruleOf, type TokenScope } from "@/lib/policies/permissions";
import type { ProblemCode } from "./problem";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

export const tags = [
  "VMs",
  "Disks",
  "Backups",
  "Images",
  "Networks",
  "Tasks",
  "Projects",
  "Members",
  "Quotas",
  "Recordings",
  "Tokens",
  "Users",
  "Hosts",
  "Audit",
] as const;
export type Tag = (typeof tags)[number];

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** What a program gives: names of the path, of the query and of the body are never the same. */
export interface Operation<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodObject | null = z.ZodObject | null,
  R extends z.ZodType | null = z.ZodType | null,
> {
  method: Method;
  /** Below `/api/v1`, names in braces: "/vms/{vmId}". */
  path: string;
  tag: Tag;
  /** One line. */
  summary: string;
  description: string;
  /** Null: everybody who is signed in may, and `scope` is all that a token needs. */
  permission: Permission | null;
  scope: TokenScope | null;
  params: P;
  query: Q;
  body: B;
  /** 202: the answer is a task, which goes on after it. */
  status: 200 | 201 | 202 | 204;
  /** An optional one: 204 without a body may come instead, when there is nothing to wait for. */
  response: R;
  /** Whether an `Idempotency-Key` is taken. */
  idempotent: boolean;
  /** Whether people with the same rights get the same answer, language included. */
  shared: boolean;
  /**
   * Whether a shared answer is kept until a row or what it shows of the hosts changes: for what
   * is made of nothing else, neither of the clock nor of a call to libvirt.
   */
  kept: boolean;
  /** Refusals of its own, besides those that every operation has. */
  problems: readonly ProblemCode[];
  /** A call as the documentation shows it. */
  example: Readonly<Record<string, unknown>>;
}

type Given<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodObject | null,
  R extends z.ZodType | null,
> = Pick<Operation, "method" | "path" | "tag" | "summary" | "permission" | "status"> &
  Partial<
    Omit<Operation<P, Q, B, R>, "method" | "path" | "tag" | "summary" | "permission" | "status">
  >;

/** One line of the table of operations, with what most of them have filled in. */
export function operation<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodObject | null = null,
  R extends z.ZodType | null = null,
>(given: Given<P, Q, B, R>): Operation<P, Q, B, R> {
  const { permission, params, query, body, response } = given;
  return {
    description: "",
    idempotent: false,
    shared: false,
    kept: false,
    problems: [],
    example: {},
    ...given,
    scope: permission === null ? (given.scope ?? null) : ruleOf(permission).scope,
    // Without these the type parameters are their defaults.
    params: params ?? (nothing as unknown as P),
    query: query ?? (nothing as unknown as Q),
    body: body ?? (null as B),
    response: response ?? (null as R),
  };
}
