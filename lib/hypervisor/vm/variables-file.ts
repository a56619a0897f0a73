import { linkOf } from "../link";
import type { Host } from "../types";
import { firmwareStateOf } from "../xml/firmware-state";
import { vmXml } from "./vm-xml";

/** Where a system's libvirt keeps UEFI variables; that of a user's depends on his surroundings. */
const SYSTEM_FOLDER = "/var/lib/libvirt/qemu/nvram";

export interface VariablesFile {
  /** Whether the VM's firmware keeps variables. */
  keeps: boolean;
  /** Their file; null when nobody can tell where it lies, or it is none that can be copied. */
  path: string | null;
  /** Whether libvirt says so itself: the guest runs, or has it in its definition. */
  sure: boolean;
}

/**
 * Where the UEFI variables of a VM lie. The running definition says it; that of the next start may
 * leave it to libvirt, which has a name for it. Throws `host.*` like every look at a VM.
 */
export async function variablesFileOf(
  host: Host,
  { uuid, runs, next }: { uuid: string; runs: boolean; next: string },
): Promise<VariablesFile> {
  const xml = runs ? await vmXml(host, uuid, "live") : next;
  const folder = linkOf(host).mode === "system" ? SYSTEM_FOLDER : null;
  const { keeps, variables, plain } = firmwareStateOf(xml, folder);
  const sure = firmwareStateOf(xml, null).variables !== null;
  return { keeps, path: plain ? variables : null, sure };
}
