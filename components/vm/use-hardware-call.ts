import { useLivePut } from "@/components/shell/live-provider";
import { toast } from "@/components/ui/toast";
import { useSubmit } from "@/components/ui/use-submit";
import type { ActionResult } from "@/lib/model/result";
import type { VmDetail } from "@/lib/model/vm";
import { eventsOf } from "./use-vm-detail";

/** One form's call about a device: what it returns shows at once, and `said` is told. */
export function useHardwareCall(onClose: () => void) {
  const put = useLivePut();
  const { busy, failure, submit } = useSubmit();

  async function run(call: () => Promise<ActionResult<VmDetail>>, said: string) {
    const done = await submit(async () => {
      const result = await call();
      if (result.ok) eventsOf(result.value).forEach(put);
      return result;
    });
    if (!done) return;
    toast.ok(said);
    onClose();
  }

  return { busy, failure, run };
}
