"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { controlClass, Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import { useSubmit } from "@/components/ui/use-submit";
import { type WatchInput, type WatchView, watchSchema } from "@/lib/model/watch/watch";
import { readKeptLayout } from "../kept-layout";
import { type PresetId, presetIds, presets } from "./presets";
import type { WatchActions } from "./types";

interface WatchFormProps {
  vmId: string;
  add: WatchActions["add"];
  onAdded: (watch: WatchView, hookSecret: string | null) => void;
}

const hours = [1, 4, 8, 24] as const;

/** What to wait for on the screen, and what to do then. */
export function WatchForm({ vmId, add, onAdded }: WatchFormProps) {
  const t = useTranslations("console.watch");
  const errorText = useErrorText();
  const { busy, failure, submit } = useSubmit();
  const [preset, setPreset] = useState<PresetId>("login");
  const [condition, setCondition] = useState(presets.login);
  const [name, setName] = useState(t("presets.login"));
  const [again, setAgain] = useState(false);
  const [keys, setKeys] = useState("");
  const [enter, setEnter] = useState(false);
  const [url, setUrl] = useState("");
  const [lasts, setLasts] = useState(8);
  const onScreen = condition.kind === "screen";

  function choose(id: PresetId) {
    setPreset(id);
    setCondition(presets[id]);
    setName(t(`presets.${id}`));
  }

  const watch: WatchInput = {
    name,
    kind: condition.kind,
    texts: onScreen ? condition.texts.split("\n").filter((line) => line.trim() !== "") : [],
    stillSeconds: onScreen && condition.still !== "" ? Number(condition.still) : null,
    again,
    keys: onScreen ? `${keys}${enter ? "\n" : ""}` : "",
    layout: readKeptLayout(vmId).layout,
    hookUrl: url.trim() === "" ? null : url.trim(),
    hours: lasts,
  };
  const parsed = watchSchema.safeParse(watch);
  const wrongOf = (field: string) => {
    const issue = parsed.error?.issues.find(({ path }) => path[0] === field);
    // What is still to be filled in is no mistake yet.
    if (issue === undefined || issue.message === "field.watch_condition") return null;
    return errorText({ key: issue.message.startsWith("field.") ? issue.message : "field.invalid" });
  };

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!parsed.success) return;
    // Browsers ask only after a click.
    if ("Notification" in window && Notification.permission === "default") {
      void Notification.requestPermission();
    }
    await submit(async () => {
      const result = await add({ vmId, watch });
      if (result.ok) onAdded(result.value.watch, result.value.hookSecret);
      return result;
    });
  }

  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4 pb-2">
      <Field label={t("when")} hint={t(`hints.${preset}`)}>
        {(control) => (
          <Select
            {...control}
            data-autofocus
            value={preset}
            onChange={({ target }) =>
              choose(presetIds.find((each) => each === target.value) ?? "own")
            }
          >
            {presetIds.map((id) => (
              <option key={id} value={id}>
                {t(`presets.${id}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("name")} error={wrongOf("name")}>
        {(control) => (
          <Input {...control} value={name} onChange={({ target }) => setName(target.value)} />
        )}
      </Field>
      {onScreen && (
        <>
          <Field label={t("texts")} hint={t("textsHint")} error={wrongOf("texts")}>
            {(control) => (
              <textarea
                {...control}
                rows={2}
                value={condition.texts}
                onChange={({ target }) => setCondition({ ...condition, texts: target.value })}
                className={`${controlClass} h-auto py-2 font-mono`}
              />
            )}
          </Field>
          <Field label={t("still")} hint={t("stillHint")} error={wrongOf("stillSeconds")}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={condition.still}
                onChange={({ target }) => setCondition({ ...condition, still: target.value })}
              />
            )}
          </Field>
          <Field label={t("keys")} hint={t("keysHint")} error={wrongOf("keys")}>
            {(control) => (
              <Input
                {...control}
                value={keys}
                autoComplete="off"
                onChange={({ target }) => setKeys(target.value)}
                className="font-mono"
              />
            )}
          </Field>
          <Checkbox
            label={t("enter")}
            checked={enter}
            onChange={({ target }) => setEnter(target.checked)}
          />
        </>
      )}
      <Field label={t("url")} hint={t("urlHint")} error={wrongOf("hookUrl")}>
        {(control) => (
          <Input
            {...control}
            type="url"
            value={url}
            placeholder="https://"
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <Field label={t("lasts")}>
        {(control) => (
          <Select
            {...control}
            value={lasts}
            onChange={({ target }) => setLasts(Number(target.value))}
          >
            {hours.map((each) => (
              <option key={each} value={each}>
                {t("hours", { hours: each })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        label={t("again")}
        hint={t("againHint")}
        checked={again}
        onChange={({ target }) => setAgain(target.checked)}
      />
      {failure && <Callout tone="bad">{errorText(failure)}</Callout>}
      {/* The form is longer than any phone: what it is for stays in sight. */}
      <div className="sticky -bottom-3 -mx-5 -mb-5 flex justify-end border-line border-t bg-surface px-5 py-3">
        <Button type="submit" variant="primary" busy={busy} disabled={!parsed.success}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
