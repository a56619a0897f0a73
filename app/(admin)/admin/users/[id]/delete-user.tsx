"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ReasonButton } from "@/components/ui/reason-button";
import type { UserView } from "@/lib/services/user/get-user";
import type { Holdings } from "@/lib/services/user/list-holdings";
import { DeleteDialog } from "./delete-dialog";

interface DeleteUserProps {
  user: UserView;
  /** Null when nothing may be done. */
  holdings: Holdings | null;
  reason: string | null;
}

export function DeleteUser({ user, holdings, reason }: DeleteUserProps) {
  const t = useTranslations("user.admin.delete");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ReasonButton variant="danger" disabledReason={reason} onClick={() => setOpen(true)}>
        {t("delete")}
      </ReasonButton>
      {open && holdings && (
        <DeleteDialog user={user} holdings={holdings} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
