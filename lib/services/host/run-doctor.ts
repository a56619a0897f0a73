import { env } from "@/lib/env";
import { runDoctor as examine } from "@/lib/hypervisor/doctor/run-doctor";
import type { DoctorReport } from "@/lib/model/doctor";
import { assertCan } from "@/lib/policies/can";
import type { Context } from "../context";

/**
 * The check of the machine and its libvirt, anew; takes some seconds and changes nothing.
 * Throws `auth.forbidden` for everybody but administrators.
 */
export async function runDoctor(ctx: Context): Promise<DoctorReport> {
  assertCan(ctx.actor, "host.doctor");
  const settings = env();
  return examine({
    uri: settings.PORTICO_LIBVIRT_URI,
    dataDir: settings.PORTICO_DATA,
    consoleDir: settings.PORTICO_CONSOLE_DIR ?? null,
    virtTypeSetting: settings.PORTICO_VIRT_TYPE,
  });
}
