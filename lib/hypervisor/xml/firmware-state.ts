import { join } from "node:path";
import { attribute, childrenOf, find, textOf } from "./query";
import { element, parseXml, printXml } from "./tree";

/** What a definition says that the VM keeps on its host beside its disks. */
export interface FirmwareState {
  /** Whether its firmware keeps variables. */
  keeps: boolean;
  /** File of the variables; null when it keeps none, or nobody knows where. */
  variables: string | null;
  /** Whether it is a file of just what the firmware sees: no qcow2, nothing across a network. */
  plain: boolean;
  /** Whether it has a TPM that the host emulates. */
  tpm: boolean;
}

/**
 * Reads a definition, running or of the next start. Where it leaves the file to libvirt, that is
 * the one that libvirt makes in `folder`; null for a host where nobody knows that folder.
 */
export function firmwareStateOf(xml: string, folder: string | null): FirmwareState {
  const root = parseXml(xml);
  const own = find(root, "os/nvram");
  const path = attribute(find(own, "source"), "file") ?? textOf(own)?.trim() ?? "";
  const isStateless = attribute(find(root, "os/loader"), "stateless") === "yes";
  const chosenByLibvirt = attribute(find(root, "os"), "firmware") === "efi";
  const keeps = !isStateless && (own !== null || chosenByLibvirt);
  const guessed = folder === null ? null : join(folder, `${textOf(find(root, "name"))}_VARS.fd`);
  const tpms = childrenOf(find(root, "devices"), "tpm");
  return {
    keeps,
    variables: keeps ? (path.startsWith("/") ? path : guessed) : null,
    plain:
      (attribute(own, "format") ?? "raw") === "raw" &&
      (attribute(own, "type") ?? "file") === "file",
    tpm: tpms.some((tpm) => attribute(find(tpm, "backend"), "type") === "emulator"),
  };
}

/** The definition with its UEFI variables in that file; one whose firmware keeps none is as it was. */
export function withVariables(xml: string, path: string): string {
  if (!firmwareStateOf(xml, null).keeps) return xml;
  const root = parseXml(xml);
  const own = find(root, "os/nvram");
  if (own !== null) {
    const { type: _ofTheFormer, ...attributes } = own.attributes;
    own.attributes = attributes;
    own.children = [path];
  } else find(root, "os")?.children.push(element("nvram", {}, [path]));
  return printXml(root);
}
