import { ensureSetupLink } from "@/lib/auth/ensure-setup-link";
import { CliError } from "../cli-error";
import type { CommandContext } from "../command";
import { exitCodes } from "../exit-codes";
import { withLocalContext } from "./local-context";
import { portalUrl } from "./portal-url";

/** `portico admin setup-link` */
export async function setupLink({ print }: CommandContext): Promise<void> {
  const url = await withLocalContext((ctx) => ensureSetupLink(ctx.db, portalUrl(""), ctx.clock()));
  if (url === null) {
    throw new CliError(
      "There is an administrator already. portico admin user reset ADDRESS lets one in again.",
      exitCodes.conflict,
    );
  }
  print.result(url, { url });
}
