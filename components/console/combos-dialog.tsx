"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  comboCodes,
  comboLabel,
  maxComboKeys,
  maxComboName,
  maxOwnCombos,
  type OwnCombo,
} from "./own-combos";

interface CombosDialogProps {
  combos: readonly OwnCombo[];
  onChange: (combos: readonly OwnCombo[]) => void;
  onClose: () => void;
}

/** Where somebody names combinations for the menu of keys, by pressing or by choosing. */
export function CombosDialog({ combos, onChange, onClose }: CombosDialogProps) {
  const t = useTranslations("console.combos");
  const tCommon = useTranslations("common");
  const [name, setName] = useState("");
  const [codes, setCodes] = useState<readonly string[]>([]);
  const label = name.trim();
  const taken = combos.some((each) => each.name === label);
  const full = combos.length >= maxOwnCombos;

  function add(code: string) {
    setCodes((now) =>
      now.includes(code) || now.length >= maxComboKeys || !comboCodes.includes(code)
        ? now
        : [...now, code],
    );
  }

  function record(event: KeyboardEvent<HTMLInputElement>) {
    const { code } = event.nativeEvent;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    // By these a keyboard leaves the field; as keys of a combination they are chosen below.
    if (plain && (code === "Tab" || code === "Escape")) return;
    event.preventDefault();
    if (!event.repeat) add(code);
  }

  function save() {
    onChange([...combos, { name: label, codes }]);
    setName("");
    setCodes([]);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t("explain")}
      footer={
        <>
          <Button onClick={onClose}>{tCommon("close")}</Button>
          <Button
            variant="primary"
            disabled={label === "" || taken || codes.length === 0 || full}
            onClick={save}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      {combos.length > 0 && (
        <ul aria-label={t("saved")} className="flex flex-col gap-1">
          {combos.map((combo) => (
            <li key={combo.name} className="flex items-center justify-between gap-2">
              <span className="min-w-0 break-words">
                {combo.name}{" "}
                <span className="whitespace-nowrap text-13 text-muted">
                  {comboLabel(combo.codes)}
                </span>
              </span>
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("delete", { name: combo.name })}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => onChange(combos.filter((each) => each !== combo))}
              />
            </li>
          ))}
        </ul>
      )}
      <Field label={t("press")} hint={t("pressHint")}>
        {(control) => (
          <Input
            {...control}
            data-autofocus
            readOnly
            value={comboLabel(codes)}
            onKeyDown={record}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex items-end gap-2">
        <Field label={t("choose")} className="flex-1">
          {(control) => (
            <Select {...control} value="" onChange={(event) => add(event.target.value)}>
              <option value="">{t("chooseFirst")}</option>
              {comboCodes.map((code) => (
                <option key={code} value={code}>
                  {comboLabel([code])}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button disabled={codes.length === 0} onClick={() => setCodes([])}>
          {t("clear")}
        </Button>
      </div>
      <Field
        label={t("name")}
        error={full ? t("full", { most: maxOwnCombos }) : taken ? t("taken") : null}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={maxComboName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
