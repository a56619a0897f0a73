"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import { passwordLimits, passwordProblem } from "@/lib/model/password-policy";
import { PasswordInput } from "./password-input";

interface NewPasswordFieldProps {
  label: string;
  person: { name: string; email: string };
  value: string;
  onChange: (value: string) => void;
  /** What the server said about it at the last attempt. */
  error: UserMessage | undefined;
}

/** A field for a new password that says, while it is typed, what is still wrong with it. */
export function NewPasswordField({ label, person, value, onChange, error }: NewPasswordFieldProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  // The server's word holds until the password is edited; then the advice follows the typing.
  const [answered, setAnswered] = useState<UserMessage>();
  const refused = error !== undefined && error !== answered ? errorText(error) : null;
  return (
    <Field
      label={label}
      error={refused}
      hint={refused === null && <span aria-live="polite">{advice()}</span>}
    >
      {(control) => (
        <PasswordInput
          {...control}
          required
          maxLength={1000}
          autoComplete="new-password"
          value={value}
          onChange={(event) => {
            setAnswered(error);
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );

  function advice(): string {
    if (value === "") return t("password.advice");
    const missing = passwordLimits.min - [...value].length;
    if (missing > 0) return t("password.more", { count: missing });
    const problem = passwordProblem(value, person);
    return problem === null ? t("password.good") : errorText(problem);
  }
}
