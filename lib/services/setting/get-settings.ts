import { readSetting } from "@/lib/db/setting";
import type { Settings } from "@/lib/model/setting";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "@/lib/services/context";

/** The installation's settings as they are now. Throws `auth.forbidden`. */
export async function getSettings(ctx: Context): Promise<Settings> {
  assertCan(ctx.actor, "setting.read");
  return { requireSecondFactor: await readSetting(ctx.db, "requireSecondFactor") };
}
