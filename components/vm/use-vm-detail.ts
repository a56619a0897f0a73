import { useFollowServer } from "@/components/shell/follow-server";
import { useLiveHardware, useLiveVm } from "@/components/shell/live-provider";
import type { LiveEvent } from "@/lib/model/live-event";
import type { VmDetail } from "@/lib/model/vm";

/**
 * A VM in full, as the stream tells it. What the stream has told only in parts, because it was cut
 * in between, is asked of the server anew.
 */
export function useVmDetail(detail: VmDetail): VmDetail {
  const live = useLiveVm(detail) ?? detail;
  const hardware = useLiveHardware(detail.id, live.hardware);
  useFollowServer(hardware === null ? detail.hardware : live.hardware, live.hardware);
  return { ...detail, ...live, ...hardware };
}

/** What an action has returned, for the store: as the stream will tell it. */
export function eventsOf(vm: VmDetail): LiveEvent[] {
  const { id, hardware: revision, machine, disks, nics, freePorts, modules } = vm;
  const { boot, recovery, clipboard, video, cpu } = vm;
  const hardware = {
    machine,
    disks,
    nics,
    freePorts,
    modules,
    boot,
    recovery,
    clipboard,
    video,
    cpu,
  };
  return [
    { type: "vm.hardware", id, revision, hardware },
    { type: "vm", vm },
  ];
}
