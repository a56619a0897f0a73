import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { askAgent } from "./ask-agent";
import { readGuestParams } from "./read-params";

/** Longer than a person waits for a page, shorter than he waits for nothing. */
const AGENT_DEADLINE_MS = 8_000;
/** All that libvirt and this agent know: an older agent is not asked for what it lacks. */
const EVERYTHING = 0;

/** What the guest's agent tells of it. Throws `vm.bad_state` when it does not answer. */
export async function readGuest(
  host: Host,
  uuid: string,
): Promise<ReturnType<typeof readGuestParams>> {
  const dom = await domainRefOf(host, uuid);
  const options = { deadlineMs: AGENT_DEADLINE_MS };
  const asked = { dom, types: EVERYTHING, flags: 0 };
  const { params } = await askAgent(linkOf(host).call("domainGetGuestInfo", asked, options));
  return readGuestParams(params);
}
