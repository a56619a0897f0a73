"use client";

import { Keyboard, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import {
  commonCombos,
  functionKeys,
  type KeyCombo,
  singleKeys,
  sysRqCombos,
  terminalCombos,
} from "./keys";

interface KeyMenuProps {
  disabledReason: string | null;
  /** Those that somebody has named. */
  own: readonly KeyCombo[];
  onPress: (combo: KeyCombo) => void;
  onEditOwn: () => void;
}

/** Keys that the browser or the person's own system would keep for itself. */
export function KeyMenu({ disabledReason, own, onPress, onEditOwn }: KeyMenuProps) {
  const t = useTranslations("console");

  function item(combo: KeyCombo, text: ReactNode = combo.label) {
    return (
      <MenuItem
        key={combo.id}
        aria-label={text === combo.label ? undefined : combo.label}
        onSelect={() => onPress(combo)}
      >
        {text}
      </MenuItem>
    );
  }

  function sysRq({ letter }: (typeof sysRqCombos)[number]) {
    return (
      <span>
        <kbd className="mr-2 inline-block w-3 text-center font-mono font-semibold">
          {letter.toUpperCase()}
        </kbd>
        {t(`keys.sysRqOf.${letter}`)}
      </span>
    );
  }

  return (
    <Menu
      variant="ghost"
      size="sm"
      className="px-2"
      label={t("bar.keysLabel")}
      trigger={
        <>
          <Keyboard aria-hidden="true" />
          <span className="@max-2xl:hidden">{t("bar.keys")}</span>
        </>
      }
    >
      {disabledReason === null ? (
        <>
          <Section label={t("keys.common")}>{commonCombos.map((each) => item(each))}</Section>
          <Section label={t("keys.own")}>
            {own.map((each) => item(each))}
            <MenuItem icon={<Plus aria-hidden="true" />} onSelect={onEditOwn}>
              {t("keys.editOwn")}
            </MenuItem>
          </Section>
          <Section label={t("keys.single")} columns>
            {singleKeys.map((each) => item(each))}
          </Section>
          <Section label={t("keys.functions")} columns>
            {functionKeys.map((each) => item(each))}
          </Section>
          <Section label={t("keys.terminals")} columns>
            {terminalCombos.map((each, at) => item(each, functionKeys[at]?.label))}
          </Section>
          <Section label={t("keys.sysRq")}>
            {sysRqCombos.map((each) => item(each, sysRq(each)))}
          </Section>
        </>
      ) : (
        <MenuLabel>{disabledReason}</MenuLabel>
      )}
    </Menu>
  );
}

interface SectionProps {
  label: string;
  columns?: boolean;
  children: ReactNode;
}

function Section({ label, columns = false, children }: SectionProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no child of a menu, a group is
    <div role="group" aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      <div className={columns ? "grid grid-cols-4" : undefined}>{children}</div>
    </div>
  );
}
