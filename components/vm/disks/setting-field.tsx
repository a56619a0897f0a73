import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

interface SettingFieldProps<V extends string> {
  label: string;
  /** What can be chosen. */
  values: readonly V[];
  /** What the next start has, which may be none of them. */
  before: string;
  /** Absent: as it is. */
  chosen: V | undefined;
  wordsOf: (value: V) => string;
  onChoose: (value: V | undefined) => void;
}

/** One setting of a disk among those that there are; what it has already comes first. */
export function SettingField<V extends string>(props: SettingFieldProps<V>) {
  const { label, values, before, chosen, wordsOf, onChoose } = props;
  const t = useTranslations("vm.diskSettings");
  const known = values.find((each) => each === before);
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={chosen ?? ""}
          onChange={({ target }) => onChoose(values.find((each) => each === target.value))}
        >
          <option value="">{t("keep", { value: known ? wordsOf(known) : before })}</option>
          {values
            .filter((each) => each !== before)
            .map((each) => (
              <option key={each} value={each}>
                {wordsOf(each)}
              </option>
            ))}
        </Select>
      )}
    </Field>
  );
}
