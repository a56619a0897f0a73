"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { TimeAgo } from "@/components/ui/time-ago";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { deviceName } from "@/lib/model/device-name";
import type { ActionResult } from "@/lib/model/result";
import type { SessionView } from "@/lib/services/user/list-sessions";
import { revokeOtherSessionsAction, revokeSessionAction } from "./actions";

/** The person's sessions, each with the button that ends it. */
export function SessionList({ sessions }: { sessions: SessionView[] }) {
  const t = useTranslations("account");
  const errorText = useErrorText();
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const [ending, setEnding] = useState<string | null>(null);

  function end(what: string, work: () => Promise<ActionResult<void>>, done: string) {
    setEnding(what);
    startTransition(async () => {
      const result = await callAction(work);
      if (result.ok) toast.ok(done);
      else toast.bad(errorText(result.error.message));
      router.refresh();
    });
  }

  function named(session: SessionView): string {
    const { browser, system } = deviceName(session.userAgent);
    if (browser !== null && system !== null) return t("browserOn", { browser, system });
    return browser ?? system ?? t("unknownDevice");
  }

  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center justify-between gap-4 py-2.5">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {named(session)}
                {session.current && <Badge tone="ok">{t("thisDevice")}</Badge>}
              </p>
              <p className="text-13 text-muted">
                {session.ip} · <TimeAgo at={session.seenAt} />
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                busy={busy && ending === session.id}
                aria-label={t("endOf", { device: named(session) })}
                onClick={() =>
                  end(session.id, () => revokeSessionAction({ sessionId: session.id }), t("ended"))
                }
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button
          size="sm"
          className="self-start"
          busy={busy && ending === "others"}
          onClick={() =>
            end("others", () => revokeOtherSessionsAction(undefined), t("endedOthers"))
          }
        >
          {t("endOthers")}
        </Button>
      )}
    </div>
  );
}
