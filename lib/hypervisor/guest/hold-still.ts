import { isAppError } from "@/lib/model/errors";
import type { Host } from "../types";
import { freezeFilesystems } from "./freeze-filesystems";
import { thawFilesystems } from "./thaw-filesystems";

/**
 * Has the guest's agent hold the file systems, where it does. False when there is none, it does not
 * answer, or it refuses, for example because somebody holds them already. Whoever gets true has to
 * `letGo`.
 */
export async function holdStill(host: Host, uuid: string): Promise<boolean> {
  try {
    await freezeFilesystems(host, uuid);
    return true;
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    // It may have done it without a word, or in part.
    if (isAppError(error, "vm.bad_state")) await letGo(host, uuid);
    return false;
  }
}

/** Lets a guest write again; one that holds nothing, is off or has no agent is left as it is. */
export async function letGo(host: Host, uuid: string): Promise<void> {
  try {
    await thawFilesystems(host, uuid);
  } catch (error) {
    if (!isNoAnswer(error) && !isAppError(error, "not_found")) throw error;
  }
}

function isNoAnswer(error: unknown): boolean {
  return (
    isAppError(error, "vm.bad_state") ||
    isAppError(error, "host.refused") ||
    isAppError(error, "host.unsupported")
  );
}
