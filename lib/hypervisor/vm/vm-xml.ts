import { AppError } from "@/lib/model/errors";
import { linkOf } from "../link";
import type { Host } from "../types";
import { domainRefOf } from "./modify";

const INACTIVE = 2;

/**
 * libvirt's XML of a VM without secrets: the running definition, or the one of the next boot.
 * Throws `vm.bad_state` for `live` when it is off.
 */
export async function vmXml(host: Host, uuid: string, which: "live" | "next"): Promise<string> {
  const dom = await domainRefOf(host, uuid);
  if (which === "live" && dom.id < 0) {
    throw new AppError({ code: "vm.bad_state", message: "live XML of a domain that is off" });
  }
  const flags = which === "next" ? INACTIVE : 0;
  return (await linkOf(host).call("domainGetXmlDesc", { dom, flags })).xml;
}
