import { AppError } from "@/lib/model/errors";
import { isAbsent, isUnsupported } from "../errors";
import { linkOf, PERSON_DEADLINE_MS } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "./modify";

/** virDomainUndefineFlagsValues: saved state, metadata of snapshots and checkpoints, NVRAM, TPM. */
const SAVED_STATE_AND_SNAPSHOTS = 1 | 2;
const EVERYTHING = SAVED_STATE_AND_SNAPSHOTS | 4 | 16;
const TPM = 32;

/**
 * Removes the definition of a VM that is off, and what libvirt keeps beside it; its disks stay.
 * That it is not there is no error. Throws `vm.bad_state` while it runs.
 */
export async function undefineVm(host: Host, uuid: string): Promise<void> {
  await linkOf(host).turns.take(uuid, PERSON_DEADLINE_MS, async () => {
    try {
      const dom = await domainRefOf(host, uuid);
      if (dom.id >= 0) {
        throw new AppError({ code: "vm.bad_state", message: "undefine of a running domain" });
      }
      await undefine(host, dom, [EVERYTHING | TPM, EVERYTHING, SAVED_STATE_AND_SNAPSHOTS]);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  });
  await host.inventory.refresh(uuid);
}

/** With the first set of flags that this libvirt and its driver know. */
async function undefine(
  host: Host,
  dom: { name: string; uuid: string; id: number },
  flagSets: readonly number[],
): Promise<void> {
  const [flags = 0, ...simpler] = flagSets;
  try {
    await linkOf(host).call("domainUndefineFlags", { dom, flags });
  } catch (error) {
    if (simpler.length === 0 || !isUnsupported(error)) throw error;
    await undefine(host, dom, simpler);
  }
}
