import type { VideoModel } from "./video";
import { virshLine } from "./virsh-line";

/** What it stands for: virsh has no command of its own and opens an editor. */
export function videoCommands(domainName: string, model: VideoModel): string[] {
  return [virshLine(["edit", domainName]), `# <video><model type="${model}"/></video>`];
}
