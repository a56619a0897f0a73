import { env } from "@/lib/env";
import { rotateSecret } from "@/lib/services/secret/rotate-secret";
import type { CommandContext } from "../command";
import { withLocalContext } from "./local-context";

/** `portico admin secret rotate` */
export async function secretRotate({ print }: CommandContext): Promise<void> {
  const { PORTICO_DATA: dataDir, NEXTAUTH_SECRET: setting } = env();
  const done = await withLocalContext((ctx) => rotateSecret(ctx, { dataDir, setting }));
  const lost = done.unread === 0 ? "" : ` ${done.unread} could not be opened before, nor now.`;
  print.result(
    `${done.file} holds a new secret. Everybody signs in anew; ${done.resealed} authenticator ` +
      `apps go on working.${lost} Start the portal: npm start`,
    done,
  );
}
