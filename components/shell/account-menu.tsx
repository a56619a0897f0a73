"use client";

import { CircleUser, KeyRound, LogOut, ServerCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { useSignOut } from "@/components/ui/use-sign-out";

interface AccountMenuProps {
  name: string;
  email: string;
  /** Whether the pages of administration are there for this person. */
  seesAdmin: boolean;
}

export function AccountMenu({ name, email, seesAdmin }: AccountMenuProps) {
  const t = useTranslations("nav");
  const router = useRouter();
  const signOut = useSignOut();
  return (
    <Menu
      variant="ghost"
      size="icon"
      label={t("accountMenu", { name })}
      trigger={<CircleUser aria-hidden="true" />}
    >
      <MenuLabel>
        <span className="block font-medium text-13 text-ink">{name}</span>
        <span className="block break-all">{email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem icon={<KeyRound aria-hidden="true" />} onSelect={() => router.push("/account")}>
        {t("accountSettings")}
      </MenuItem>
      {seesAdmin && (
        <MenuItem icon={<ServerCog aria-hidden="true" />} onSelect={() => router.push("/admin")}>
          {t("admin")}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => signOut()}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
