import { cpuChoices } from "@/lib/hypervisor/cpu-choices";
import { hostTopology } from "@/lib/hypervisor/host-topology";
import { withBootOrder } from "@/lib/hypervisor/xml/boot";
import { withClipboard } from "@/lib/hypervisor/xml/clipboard";
import { withCpu } from "@/lib/hypervisor/xml/cpu";
import { withResize } from "@/lib/hypervisor/xml/edit-domain";
import { withPins } from "@/lib/hypervisor/xml/pins";
import { withRecovery } from "@/lib/hypervisor/xml/recovery";
import { parseXml, printXml } from "@/lib/hypervisor/xml/tree";
import { withTuning } from "@/lib/hypervisor/xml/tuning";
import { withVideo } from "@/lib/hypervisor/xml/video";
import { withWords } from "@/lib/hypervisor/xml/words";
import { planCpu } from "@/lib/model/cpu-plan";
import { cpusOf } from "@/lib/model/pinning";
import { planResize } from "@/lib/model/resize-plan";
import type { Foreseen } from "./place";

/** What is refused changes nothing, here as there; the form has said why. */
export const resizeVm: Foreseen<"resizeVm"> = ({ host, live, root }, asked) => {
  const plan = planResize(live, asked, host.view());
  return plan.possible ? parseXml(withResize(printXml(root), plan)) : root;
};

export const setVmCpu: Foreseen<"setVmCpu"> = async ({ host, live, root }, asked) => {
  const choices = await cpuChoices(host, live);
  const plan = planCpu(live, asked, { cpuCount: host.view().cpuCount, choices });
  const stays = plan.problem !== null || plan.when === "unchanged";
  return stays ? root : withCpu(root, plan);
};

export const setVmRecovery: Foreseen<"setVmRecovery"> = ({ root }, recovery) =>
  withRecovery(root, recovery);

export const setVmClipboard: Foreseen<"setVmClipboard"> = ({ root }, { clipboard }) =>
  withClipboard(root, clipboard);

export const setVmVideo: Foreseen<"setVmVideo"> = ({ root }, { model }) => withVideo(root, model);

export const updateVm: Foreseen<"updateVm"> = ({ row, root }, { name, description }) =>
  withWords(root, {
    title: name?.normalize("NFC") ?? row.name,
    description: description ?? row.description,
  });

export const setBootOrder: Foreseen<"setBootOrder"> = ({ root }, { order }) =>
  withBootOrder(
    root,
    order.map((id) => id.toLowerCase()),
  );

export const pinVm: Foreseen<"pinVm"> = async ({ host, root }, asked) =>
  withPins(root, asked, cpusOf(await hostTopology(host)));

export const tuneVm: Foreseen<"tuneVm"> = ({ root }, asked) => withTuning(root, asked);
