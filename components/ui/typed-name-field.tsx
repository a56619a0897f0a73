"use client";

import { Field } from "./field";
import { Input } from "./input";

interface TypedNameFieldProps {
  label: string;
  hint: string;
  /** What is wrong with what was typed; false when nothing is. */
  error: string | false;
  value: string;
  onType: (value: string) => void;
}

/** Where a name is typed to show that this very thing is meant; has the dialog's focus. */
export function TypedNameField({ label, hint, error, value, onType }: TypedNameFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </Field>
  );
}
