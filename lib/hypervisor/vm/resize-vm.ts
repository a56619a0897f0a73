import type { DomainRef } from "@/lib/libvirt";
import { AppError, isAppError } from "@/lib/model/errors";
import type { ResizePlan } from "@/lib/model/resize-plan";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { withResize } from "../xml/edit-domain";
import { modify } from "./modify";
import { plugMemory } from "./plug-memory";
import { vmXml } from "./vm-xml";

const LIVE = 1;
/** By the guest's agent: processors go offline in the guest and are never unplugged. */
const GUEST = 8;
/** Waking a processor in the guest takes its agent a moment. */
const RESIZE_DEADLINE_MS = 20_000;

/**
 * Carries a plan out: first the definition of the next boot, in one edit that keeps whatever else
 * is in it, then the running guest. The answer is what libvirt says afterwards; a balloon may
 * follow only seconds later. Throws `input.invalid` on a plan that is refused; when a live step
 * fails, the definition is put back and the step's error is thrown.
 */
export function resizeVm(host: Host, uuid: string, plan: ResizePlan): Promise<LiveVm> {
  if (!plan.possible) {
    throw new AppError({ code: "input.invalid", message: "a resize that its plan refuses" });
  }
  return modify(host, uuid, async (dom) => {
    const before = await vmXml(host, uuid, "next");
    await define(host, withResize(before, plan));
    try {
      await resizeLive(host, dom, plan);
    } catch (error) {
      await define(host, before).catch(() => undefined);
      throw error;
    }
  });
}

async function define(host: Host, xml: string): Promise<void> {
  const options = { deadlineMs: RESIZE_DEADLINE_MS };
  await linkOf(host).call("domainDefineXmlFlags", { xml, flags: 0 }, options);
}

async function resizeLive(host: Host, dom: DomainRef, plan: ResizePlan): Promise<void> {
  const link = linkOf(host);
  const { vcpus, memory } = plan;
  const setVcpus = (flags: number) =>
    link.call(
      "domainSetVcpusFlags",
      { dom, nvcpus: vcpus.to, flags },
      { deadlineMs: RESIZE_DEADLINE_MS },
    );
  if (vcpus.how === "hot_add") {
    await setVcpus(LIVE);
    await wake(setVcpus, host, dom.uuid);
  }
  if (vcpus.how === "guest_offline" || vcpus.how === "guest_online") await setVcpus(GUEST);
  if (plan.moduleKib !== null) await plugMemory(host, dom, plan.moduleKib);
  if (memory.how === "balloon" || memory.how === "module") {
    await link.call("domainSetMemoryFlags", { dom, memory: BigInt(memory.to), flags: LIVE });
  }
}

/**
 * Most guests take a new processor into use by themselves; processors that the agent had put to
 * sleep earlier must be woken. Without an agent, or while it does not see the new one yet, the
 * hot-add stands all the same.
 */
async function wake(
  setVcpus: (flags: number) => Promise<unknown>,
  host: Host,
  uuid: string,
): Promise<void> {
  if (host.inventory.get(uuid)?.agentConnected !== true) return;
  try {
    await setVcpus(GUEST);
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}
