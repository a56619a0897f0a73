import { useEffect, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import type { PlanSettingsAction } from "./types";

/**
 * Whether files of the disk's pool can be opened past the host's cache, asked once; null where
 * nobody can tell. Until the answer is there nothing is ruled out: the server looks for itself.
 */
export function useDirectIo(vmId: string, target: string, ask: PlanSettingsAction): boolean | null {
  const [directIo, setDirectIo] = useState<boolean | null>(true);
  useEffect(() => {
    let left = false;
    void callAction(() => ask({ vmId, target })).then((result) => {
      if (!left) setDirectIo(result.ok ? result.value.directIo : null);
    });
    return () => {
      left = true;
    };
  }, [vmId, target, ask]);
  return directIo;
}
