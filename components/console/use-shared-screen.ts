import { useEffect, useState } from "react";
import { withBase } from "@/lib/base-path";
import type { SharedScreenNow } from "@/lib/model/console-share";
import type { ActionResult } from "@/lib/model/result";

const askEveryMs = 2_000;

/**
 * What the portal says of a shared screen, asked for while the page is seen: who came by a link
 * has no stream of events. Null once the link holds no more.
 */
export function useSharedScreen(first: SharedScreenNow): {
  screen: SharedScreenNow | null;
  heard: boolean;
} {
  const [screen, setScreen] = useState<SharedScreenNow | null>(first);
  const [heard, setHeard] = useState(true);
  const { shareId } = first;

  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask() {
      try {
        const init = { method: "POST", cache: "no-store", signal: ended.signal } as const;
        const response = await fetch(withBase(`/share/${shareId}/now`), init);
        const result = (await response.json()) as ActionResult<SharedScreenNow>;
        setHeard(true);
        if (result.ok) setScreen(result.value);
        else if (result.error.code === "not_found") return setScreen(null);
      } catch {
        if (!ended.signal.aborted) setHeard(false);
      }
      if (!ended.signal.aborted) timer = setTimeout(askIfSeen, askEveryMs);
    }

    function askIfSeen() {
      if (!document.hidden) void ask();
      else document.addEventListener("visibilitychange", askIfSeen, { once: true });
    }

    timer = setTimeout(askIfSeen, askEveryMs);
    return () => {
      ended.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", askIfSeen);
    };
  }, [shareId]);

  return { screen, heard };
}
