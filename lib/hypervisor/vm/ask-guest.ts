import { isAppError } from "@/lib/model/errors";

/**
 * Waits for a request to the guest (shut down, reboot). libvirt answers only when the guest's
 * agent has done it, which may take minutes: past the deadline the request stands all the same.
 */
export async function askGuest(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(isAppError(error, "host.timeout") && error.details.sent === true)) throw error;
  }
}
