import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "../vm/modify";
import { askAgent } from "./ask-agent";

/**
 * Sets the password of an account inside a running guest, by its agent. Throws `vm.bad_state` when
 * the agent does not answer, and `host.refused` with its words when it does not do it.
 */
export async function setPassword(
  host: Host,
  uuid: string,
  account: { user: string; password: string },
): Promise<void> {
  const dom = await domainRefOf(host, uuid);
  await askAgent(linkOf(host).call("domainSetUserPassword", { dom, ...account, flags: 0 }));
}
