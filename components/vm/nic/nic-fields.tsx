"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type NicModel, nicModels } from "@/lib/model/nic";

interface NetworkFieldProps {
  networks: readonly string[];
  value: string;
  onChange: (network: string) => void;
}

/** The host's active networks. */
export function NetworkField({ networks, value, onChange }: NetworkFieldProps) {
  const t = useTranslations("vm.hardware");
  return (
    <Field label={t("network")}>
      {(control) => (
        <Select
          {...control}
          data-autofocus
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {networks.map((network) => (
            <option key={network} value={network}>
              {network}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface ModelFieldProps {
  value: NicModel;
  onChange: (model: NicModel) => void;
}

/** What the guest takes the card for. */
export function ModelField({ value, onChange }: ModelFieldProps) {
  const t = useTranslations("vm.hardware");
  return (
    <Field label={t("model")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => {
            const model = nicModels.find((each) => each === event.target.value);
            if (model) onChange(model);
          }}
        >
          {nicModels.map((model) => (
            <option key={model} value={model}>
              {t(`models.${model}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
