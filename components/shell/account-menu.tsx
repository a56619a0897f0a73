"use client";

import { CircleUser, KeyRound, LogOut, ServerCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";

export interface AccountMenuProps {
  name: string;
  email: string;
  /** Whether the pages of administration are there for this person. */
  seesAdmin: boolean;
  signOut: (input: undefined) => Promise<unknown>;
}

export function AccountMenu({ name, email, seesAdmin, signOut }: AccountMenuProps) {
  const t = useTranslations("nav");
  const router = useRouter();
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
      <MenuItem
        icon={<LogOut aria-hidden="true" />}
        onSelect={async () => {
          await signOut(undefined);
          // A full load, so that nothing of this session stays in the page's memory.
          window.location.assign("/sign-in");
        }}
      >
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}
