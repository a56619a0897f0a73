import { z } from "zod";
import type { DomainRef } from "@/lib/libvirt";
import { isAppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host } from "../types";

const AGENT_TIMEOUT_SECONDS = 5;
const DEADLINE_MS = 8_000;
/** A guest finds a module within moments; by itself it may take it into use a little later. */
const TRIES = 10;
const PAUSE_MS = 300;

const blocksSchema = z.object({
  return: z.array(z.object({ "phys-index": z.number(), online: z.boolean() })).max(65_536),
});
type Block = z.infer<typeof blocksSchema>["return"][number];

/**
 * Asks the guest's agent to take into use the memory that was plugged in: many systems wait for
 * somebody to say so. `before` is how many blocks the guest had. An agent that cannot do it leaves
 * it to the guest; that is no error. Shapes: QEMU's guest agent, `guest-get-memory-blocks`.
 */
export async function wakeMemory(host: Host, dom: DomainRef, before: number): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const blocks = await readBlocks(host, dom);
    if (blocks === null) return;
    if (blocks.length > before) return putOnline(host, dom, blocks);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The guest's blocks of memory, as its agent tells them; null where it cannot. */
export async function readBlocks(host: Host, dom: DomainRef): Promise<Block[] | null> {
  const answer = await ask(host, dom, { execute: "guest-get-memory-blocks" });
  const parsed = blocksSchema.safeParse(answer);
  return parsed.success ? parsed.data.return : null;
}

async function putOnline(host: Host, dom: DomainRef, blocks: Block[]): Promise<void> {
  const asleep = blocks.filter(({ online }) => !online);
  if (asleep.length === 0) return;
  const wanted = asleep.map((block) => ({ "phys-index": block["phys-index"], online: true }));
  await ask(host, dom, { execute: "guest-set-memory-blocks", arguments: { "mem-blks": wanted } });
}

async function ask(host: Host, dom: DomainRef, command: object): Promise<unknown> {
  const args = { dom, cmd: JSON.stringify(command), timeout: AGENT_TIMEOUT_SECONDS, flags: 0 };
  try {
    const options = { deadlineMs: DEADLINE_MS };
    const { result } = await linkOf(host).call("qemuDomainAgentCommand", args, options);
    return result === null ? null : JSON.parse(result);
  } catch (error) {
    if (isAppError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}
