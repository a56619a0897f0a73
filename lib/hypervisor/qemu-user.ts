import { readFileSync } from "node:fs";
import type { HostLink } from "./link";
import { attribute, childrenOf, find, textOf } from "./xml/query";
import { parseXml } from "./xml/tree";

/** A daemon whose cache of QEMU's abilities is stale asks QEMU anew, which takes its time. */
const CAPABILITIES_DEADLINE_MS = 60_000;

/**
 * Name of the account that a daemon of this machine runs its guests as, by its own word. Null
 * when it does not say, or when nobody here has that number.
 */
export async function qemuUser(link: HostLink): Promise<string | null> {
  const { capabilities } = await link.call(
    "connectGetCapabilities",
    {},
    { deadlineMs: CAPABILITIES_DEADLINE_MS },
  );
  const uid = uidOfGuests(capabilities);
  return uid === null ? null : accountOf(uid, readFileSync("/etc/passwd", "utf8"));
}

/** From the base label of the `dac` security model, "+64055:+104". */
export function uidOfGuests(capabilities: string): number | null {
  const models = childrenOf(find(parseXml(capabilities), "host"), "secmodel");
  const dac = models.find((model) => textOf(find(model, "model")) === "dac") ?? null;
  const labels = childrenOf(dac, "baselabel");
  const label = labels.find((each) => attribute(each, "type") === "kvm") ?? labels[0] ?? null;
  const uid = textOf(label)?.match(/^\+?(\d+):/)?.[1];
  return uid === undefined ? null : Number(uid);
}

function accountOf(uid: number, passwd: string): string | null {
  const line = passwd.split("\n").find((each) => each.split(":")[2] === String(uid));
  return line?.split(":")[0] ?? null;
}
