import { AppError } from "@/lib/model/errors";
import type { ChangedInRescue } from "@/lib/model/rescue";
import type { Host } from "../types";
import { essenceOf, withoutRescue, withWordsOf } from "../xml/rescue";
import { parseXml } from "../xml/tree";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/** What is known of a rescue; digests are those of `essenceOf`. */
export interface WayBack {
  /** libvirt's XML of before. */
  before: string;
  beforeDigest: string;
  /** Null when the portal died before it could be read. */
  definedDigest: string | null;
}

/**
 * Gives a VM its definition of before a rescue, from its next start on; with title, description
 * and metadata of now. One that is there again already is left as it is. Throws `conflict.stale`,
 * nothing done, when somebody has changed it since and `changed` is "refuse", and `host.*` errors.
 */
export async function undoRescue(
  host: Host,
  uuid: string,
  way: WayBack,
  changed: ChangedInRescue,
): Promise<void> {
  const { next } = await readDefinitions(host, uuid);
  const now = essenceOf(next.root);
  if (now === way.beforeDigest) return;
  const before = parseXml(way.before);
  const isChanged = now !== way.definedDigest;
  if (isChanged && changed === "refuse") {
    throw new AppError({
      code: "conflict.stale",
      message: `${uuid} was changed during its rescue`,
      userMessage: { key: "rescue.changed" },
    });
  }
  const domain =
    isChanged && changed === "keep"
      ? withoutRescue(next.root, before)
      : withWordsOf(before, next.root);
  await redefineVm(host, uuid, { digest: next.digest, domain });
}
