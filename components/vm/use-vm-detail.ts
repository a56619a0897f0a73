import { useFollowServer } from "@/components/shell/follow-server";
import { useLiveVm } from "@/components/shell/live-provider";
import type { VmDetail } from "@/lib/model/vm";

/**
 * A VM in full, its figures live. Drives and network cards are as the server rendered them; when
 * they change, the page is asked for anew.
 */
export function useVmDetail(detail: VmDetail): VmDetail {
  const live = useLiveVm(detail) ?? detail;
  useFollowServer(detail.hardware, live.hardware);
  return { ...detail, ...live };
}
