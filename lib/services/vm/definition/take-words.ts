import type { Vm } from "@/lib/db/generated/client";
import { find, textOf } from "@/lib/hypervisor/xml/query";
import type { XmlElement } from "@/lib/hypervisor/xml/tree";
import type { Context } from "../../context";
import { nameTaken } from "../name-taken";

/**
 * Gives a VM's row the name and the description that another definition has, so that both go on
 * saying the same; what the definition leaves as it is stays. Returns what puts the row back, for
 * a definition that libvirt does not take. Throws `conflict.exists` for a name of another VM.
 */
export async function takeWords(
  { db }: Context,
  row: Vm,
  { current, domain }: { current: XmlElement; domain: XmlElement },
): Promise<() => Promise<void>> {
  const said = (root: XmlElement, word: string) => textOf(find(root, word)) ?? "";
  const isChanged = (word: string) => said(current, word) !== said(domain, word);
  const name = said(domain, "title").normalize("NFC");
  const asked = {
    ...(isChanged("title") && { name }),
    ...(isChanged("description") && { description: said(domain, "description") }),
  };
  const { id, name: nameBefore, description } = row;
  if (Object.keys(asked).length === 0) return async () => undefined;
  await db.vm.updateMany({ where: { id }, data: asked }).catch((error: unknown) => {
    throw nameTaken(error, name);
  });
  return async () => {
    // Only while nobody else has said something in the meantime.
    const before = { name: nameBefore, description };
    await db.vm.updateMany({ where: { id, ...asked }, data: before });
  };
}
