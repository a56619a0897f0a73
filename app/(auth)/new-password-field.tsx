"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { useErrorText } from "@/components/ui/use-error-text";
import { passwordLimits, passwordProblem } from "@/lib/model/password-policy";
import { PasswordInput } from "./password-input";

interface NewPasswordFieldProps {
  label: string;
  person: { name: string; email: string };
  value: string;
  onChange: (value: string) => void;
  /** What the server said about it; already translated. */
  error: string | null;
}

/** A field for a new password that says, while it is typed, what is still wrong with it. */
export function NewPasswordField({ label, person, value, onChange, error }: NewPasswordFieldProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const problem = value === "" ? null : passwordProblem(value, person);
  const missing = passwordLimits.min - [...value].length;
  const advice =
    value === ""
      ? t("password.advice")
      : missing > 0
        ? t("password.more", { count: missing })
        : problem === null
          ? t("password.good")
          : errorText(problem);
  return (
    <Field label={label} error={error} hint={<span aria-live="polite">{advice}</span>}>
      {(control) => (
        <PasswordInput
          {...control}
          required
          maxLength={1000}
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
