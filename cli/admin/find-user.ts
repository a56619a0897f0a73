import type { User } from "@/lib/db/generated/client";
import type { Context } from "@/lib/services/context";
import { CliError } from "../cli-error";
import { exitCodes } from "../exit-codes";

/** The user with this address. */
export async function findUser(ctx: Context, email: string): Promise<User> {
  const user = await ctx.db.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (user !== null) return user;
  throw new CliError(`There is no user ${email}.`, exitCodes.notFound);
}
