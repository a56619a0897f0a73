"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type Theme, themes } from "./theme";

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

/** Each language by its own name, so that everybody finds theirs. */
const languages = [
  ["en", "English"],
  ["zh-CN", "简体中文"],
] as const;

type Locale = (typeof languages)[number][0];

export interface PreferenceActions {
  setTheme: (theme: Theme) => Promise<unknown>;
  setLocale: (locale: Locale) => Promise<unknown>;
}

interface PreferencesProps {
  theme: Theme;
  actions: PreferenceActions;
}

/** Theme and language, for the top bar and for pages without one. */
export function PreferencesMenus({ theme, actions }: PreferencesProps) {
  const t = useTranslations("nav");
  const locale = useLocale();
  const router = useRouter();
  const [, startTransition] = useTransition();
  const ThemeIcon = icons[theme];

  function chooseTheme(next: Theme) {
    const root = document.documentElement;
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    startTransition(async () => {
      await actions.setTheme(next);
      router.refresh();
    });
  }

  function chooseLocale(next: Locale) {
    startTransition(async () => {
      await actions.setLocale(next);
      router.refresh();
    });
  }

  return (
    <>
      <Menu
        variant="ghost"
        size="icon"
        label={t("language")}
        trigger={<Languages aria-hidden="true" />}
      >
        {languages.map(([code, name]) => (
          <MenuItem
            key={code}
            lang={code}
            checked={code === locale}
            onSelect={() => chooseLocale(code)}
          >
            {name}
          </MenuItem>
        ))}
      </Menu>
      <Menu
        variant="ghost"
        size="icon"
        label={t("appearance")}
        trigger={<ThemeIcon aria-hidden="true" />}
      >
        {themes.map((each) => {
          const Icon = icons[each];
          return (
            <MenuItem
              key={each}
              icon={<Icon aria-hidden="true" />}
              checked={each === theme}
              onSelect={() => chooseTheme(each)}
            >
              {t(`theme.${each}`)}
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
