import type { Permission } from "@/lib/policies/permissions";
import type { Context } from "../context";
import type { Ids } from "./populate";

/** What a use case is called with: somebody's context, and what there is to name. */
export type Call = (ctx: Context, ids: Ids) => unknown;

/** Its name, the permission that it asks for, and a call of it. */
export type UseCase = [string, Permission, Call];
