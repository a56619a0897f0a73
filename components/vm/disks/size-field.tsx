"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface SizeFieldProps {
  label: string;
  error: ReactNode;
  /** As it was typed. */
  value: string;
  onChange: (value: string) => void;
}

/** Where a dialog asks for a disk's size, in GiB; the first thing that it asks. */
export function SizeField({ label, error, value, onChange }: SizeFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          unit="GiB"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
