import { parseInput } from "@/lib/model/parse-input";
import {
  createInvitation,
  createInvitationSchema,
} from "@/lib/services/invitation/create-invitation";
import { listUsers, listUsersSchema } from "@/lib/services/user/list-users";
import { makeResetLink } from "@/lib/services/user/make-reset-link";
import { setUserDisabled } from "@/lib/services/user/set-user-disabled";
import { setUserRight } from "@/lib/services/user/set-user-right";
import { usageError } from "../cli-error";
import type { CommandContext } from "../command";
import { findUser } from "./find-user";
import { withLocalContext } from "./local-context";
import { portalUrl } from "./portal-url";

const rights = ["admin", "auditor", "none"] as const;

/** `portico admin user ls` */
export async function userList({ print }: CommandContext): Promise<void> {
  const users = await withLocalContext(async (ctx) => {
    const all = [];
    let cursor: string | null = null;
    do {
      const input = listUsersSchema.parse({ cursor, limit: 200 });
      const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(ctx, input);
      all.push(...page.users);
      cursor = page.next;
    } while (cursor !== null);
    return all;
  });
  type User = (typeof users)[number];
  print.table(
    users,
    [
      { title: "NAME", of: (user: User) => user.name },
      { title: "ADDRESS", of: (user: User) => user.email },
      { title: "IS", of: (user: User) => (user.disabled ? "disabled" : user.right) },
      { title: "2ND FACTOR", of: (user: User) => (user.secondFactor ? "yes" : "no") },
      { title: "LAST SIGN-IN", of: (user: User) => user.lastSignInAt },
    ],
    "Nobody yet: portico admin setup-link",
  );
}

/** `portico admin user create ADDRESS [--admin | --auditor]` */
export async function userCreate({ args, options, print }: CommandContext): Promise<void> {
  const input = parseInput(createInvitationSchema, {
    email: args.ADDRESS,
    isAdmin: options.admin === true,
    isAuditor: options.auditor === true,
    // Who may read the database's file and the settings is handed the link as ever.
    showLink: true,
  });
  const made = await withLocalContext((ctx) => createInvitation(ctx, input));
  const url = portalUrl(made.path ?? "");
  print.result(`Give this link to ${input.email}: ${url}`, { ...made, url });
}

/** `portico admin user reset ADDRESS` */
export async function userReset({ args, print }: CommandContext): Promise<void> {
  const link = await withLocalContext(async (ctx) => {
    const { id: userId } = await findUser(ctx, args.ADDRESS ?? "");
    return makeResetLink(ctx, { userId });
  });
  const url = portalUrl(link.path);
  print.result(`Give this link to ${args.ADDRESS}: ${url}`, { ...link, url });
}

/** `portico admin user disable ADDRESS` and `enable` */
export async function userSetDisabled(
  { args, print }: CommandContext,
  disabled: boolean,
): Promise<void> {
  await withLocalContext(async (ctx) => {
    const { id: userId } = await findUser(ctx, args.ADDRESS ?? "");
    await setUserDisabled(ctx, { userId, disabled });
  });
  const text = disabled ? "is let in no more" : "is let in again";
  print.result(`${args.ADDRESS} ${text}.`, { email: args.ADDRESS, disabled });
}

/** `portico admin user right ADDRESS admin|auditor|none` */
export async function userRight({ args, print }: CommandContext): Promise<void> {
  const right = rights.find((each) => each === args.RIGHT);
  if (right === undefined) throw usageError(`RIGHT is one of ${rights.join(", ")}`);
  await withLocalContext(async (ctx) => {
    const { id: userId } = await findUser(ctx, args.ADDRESS ?? "");
    await setUserRight(ctx, { userId, right });
  });
  print.result(`${args.ADDRESS}: ${right}`, { email: args.ADDRESS, right });
}
