"use client";

import { useState, useSyncExternalStore } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface InstantInputProps {
  /** Of the field that the form sends: an instant with its zone. */
  name: string;
  label: string;
  /** ISO, or empty. */
  value: string;
}

const never = () => () => undefined;

/** Date and time of day in the reader's zone; what the form sends is the same in every zone. */
export function InstantInput({ name, label, value }: InstantInputProps) {
  const [instant, setInstant] = useState(value);
  const local = useSyncExternalStore(
    never,
    () => localText(instant),
    () => "",
  );
  return (
    <Field label={label}>
      {(control) => (
        <>
          <Input
            {...control}
            type="datetime-local"
            max="9999-12-31T23:59"
            value={local}
            onChange={(event) => setInstant(instantOf(event.target.value))}
          />
          <input type="hidden" name={name} value={instant} />
        </>
      )}
    </Field>
  );
}

/** "2030-01-31T09:05", as the browser's field wants it. */
function localText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "";
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function instantOf(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
