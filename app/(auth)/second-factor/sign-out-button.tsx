"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOutAction } from "../actions";
import { reachable } from "../reachable";

/** The other way out of the enrolment. */
export function SignOutButton() {
  const t = useTranslations("nav");
  const [busy, startTransition] = useTransition();
  return (
    <Button
      variant="ghost"
      size="sm"
      busy={busy}
      className="mt-6 self-start"
      onClick={() =>
        startTransition(async () => {
          await reachable(() => signOutAction(undefined));
          window.location.assign("/sign-in");
        })
      }
    >
      {t("signOut")}
    </Button>
  );
}
