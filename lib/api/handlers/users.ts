import { deleteUser } from "@/lib/services/user/delete-user";
import { getUser } from "@/lib/services/user/get-user";
import { listHoldings } from "@/lib/services/user/list-holdings";
import { listUsers } from "@/lib/services/user/list-users";
import { makeResetLink } from "@/lib/services/user/make-reset-link";
import { setUserDisabled } from "@/lib/services/user/set-user-disabled";
import { setUserRight } from "@/lib/services/user/set-user-right";
import { signOutUser } from "@/lib/services/user/sign-out-user";
import type { userOperations } from "../spec/users";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";
import { openCursor, sealCursor } from "./paged";

export const userHandlers: HandlersOf<keyof typeof userOperations> = {
  listUsers: async (ctx, query) => {
    const { sort, limit, show, search = "" } = query;
    const inner = openCursor(sort, query.cursor);
    const cursor = inner === undefined ? null : Buffer.from(inner, "base64url").toString();
    const { users, next } = await listUsers(ctx, { search, show, limit, cursor });
    const sealed = next === null ? null : Buffer.from(next).toString("base64url");
    return { items: users, nextCursor: sealCursor(sort, sealed) };
  },
  getUser,
  disableUser: (ctx, input) => noContent(setUserDisabled(ctx, { ...input, disabled: true })),
  enableUser: (ctx, input) => noContent(setUserDisabled(ctx, { ...input, disabled: false })),
  signOutUser: (ctx, input) => noContent(signOutUser(ctx, input)),
  setUserRight: (ctx, input) => noContent(setUserRight(ctx, input)),
  createResetLink: makeResetLink,
  listHoldings,
  deleteUser: (ctx, input) => noContent(deleteUser(ctx, input)),
};
