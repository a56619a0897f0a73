"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useSignOut } from "@/components/ui/use-sign-out";

/** The other way out of the enrolment. */
export function SignOutButton() {
  const t = useTranslations("nav");
  const signOut = useSignOut();
  const [busy, startTransition] = useTransition();
  return (
    <Button
      variant="ghost"
      size="sm"
      busy={busy}
      className="mt-6 self-start"
      onClick={() =>
        startTransition(async () => {
          await signOut();
        })
      }
    >
      {t("signOut")}
    </Button>
  );
}
