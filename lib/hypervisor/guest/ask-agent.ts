import { AppError, isAppError } from "@/lib/model/errors";
import { isAgentSilent } from "../errors";

/**
 * Does what needs the guest's agent. It lives in the guest, which may be busy, starting or hostile:
 * an agent that does not answer is `vm.bad_state` with words that say so; what it refuses is
 * `host.refused` with its own words.
 */
export async function askAgent<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!isAppError(cause, "host.timeout") && !isAgentSilent(cause)) throw cause;
    throw new AppError({
      code: "vm.bad_state",
      message: "the guest's agent does not answer",
      userMessage: { key: "guest.no_answer" },
      cause,
    });
  }
}
