import type { VideoModel } from "@/lib/model/video";
import type { Host, LiveVm } from "../types";
import { withVideo } from "../xml/video";
import { readDefinitions } from "./read-definition";
import { redefineVm } from "./redefine-vm";

/**
 * Which graphics the VM has from its next start on. Throws `conflict.stale` when the definition
 * changes at the same time, and `host.refused`, as where QEMU has no such device.
 */
export async function setVideo(host: Host, uuid: string, model: VideoModel): Promise<LiveVm> {
  const { next } = await readDefinitions(host, uuid);
  return redefineVm(host, uuid, { digest: next.digest, domain: withVideo(next.root, model) });
}
