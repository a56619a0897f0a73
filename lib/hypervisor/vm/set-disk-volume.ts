import { AppError, notFound } from "@/lib/model/errors";
import type { DiskFormat } from "@/lib/model/vm";
import { linkOf } from "../link";
import type { Host, LiveVm } from "../types";
import { withVolume } from "../xml/edit-disk-volume";
import { modify } from "./modify";
import { vmXml } from "./vm-xml";

const CONFIG = 2;

/**
 * Lays a disk of a VM that is off on another volume. Throws `not_found` when it has no such disk,
 * and `vm.bad_state`, nothing done, when it runs.
 */
export function setDiskVolume(
  host: Host,
  uuid: string,
  target: string,
  to: { pool: string; volume: string; format: DiskFormat },
): Promise<LiveVm> {
  return modify(host, uuid, async (dom) => {
    if (dom.id >= 0) throw new AppError({ code: "vm.bad_state", message: `${uuid} runs` });
    const xml = withVolume(await vmXml(host, uuid, "next"), target, to);
    if (xml === null) throw notFound(`disk ${target}`);
    await linkOf(host).call("domainUpdateDeviceFlags", { dom, xml, flags: CONFIG });
  });
}
