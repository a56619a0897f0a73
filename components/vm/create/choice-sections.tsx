"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { RadioCard } from "@/components/ui/radio-card";
import type { NetworkView } from "@/lib/model/host";
import { videoModels } from "@/lib/model/video";
import type { DiskFormat, Firmware } from "@/lib/model/vm";
import type { CreateForm } from "./form-state";

interface ChoiceProps<Field extends keyof CreateForm> {
  form: Pick<CreateForm, Field>;
  onChange: (change: Pick<CreateForm, Field>) => void;
}

const formats: readonly DiskFormat[] = ["qcow2", "raw"];
const firmwareKinds: readonly Firmware[] = ["bios", "uefi"];

/** qcow2 or raw, with what each costs. */
export function FormatSection({ form, onChange }: ChoiceProps<"diskFormat">) {
  const t = useTranslations("create");
  return (
    <Card>
      <fieldset>
        <legend className="mb-3 font-semibold">{t("format")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {formats.map((format) => (
            <RadioCard
              key={format}
              name="diskFormat"
              value={format}
              checked={form.diskFormat === format}
              onChange={() => onChange({ diskFormat: format })}
              label={t(`formats.${format}`)}
              hint={t(`formats.${format}Hint`)}
            />
          ))}
        </div>
      </fieldset>
    </Card>
  );
}

export function FirmwareSection({ form, onChange }: ChoiceProps<"firmware">) {
  const t = useTranslations("create");
  return (
    <Card>
      <fieldset>
        <legend className="mb-3 font-semibold">{t("firmware")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {firmwareKinds.map((firmware) => (
            <RadioCard
              key={firmware}
              name="firmware"
              value={firmware}
              checked={form.firmware === firmware}
              onChange={() => onChange({ firmware })}
              label={t(`firmwares.${firmware}`)}
              hint={t(`firmwares.${firmware}Hint`)}
            />
          ))}
        </div>
      </fieldset>
    </Card>
  );
}

export function VideoSection({ form, onChange }: ChoiceProps<"video">) {
  const t = useTranslations("create");
  return (
    <Card>
      <fieldset>
        <legend className="mb-3 font-semibold">{t("video")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {videoModels.map((video) => (
            <RadioCard
              key={video}
              name="video"
              value={video}
              checked={form.video === video}
              onChange={() => onChange({ video })}
              label={t(`videos.${video}`)}
              hint={t(`videos.${video}Hint`)}
            />
          ))}
        </div>
      </fieldset>
    </Card>
  );
}

interface NetworkSectionProps extends ChoiceProps<"network"> {
  networks: readonly NetworkView[];
  error: string | null;
}

/** The host's networks, each with what it means for the guest. */
export function NetworkSection({ form, onChange, networks, error }: NetworkSectionProps) {
  const t = useTranslations("create");
  return (
    <Card>
      <fieldset aria-describedby={error ? "network-error" : undefined}>
        <legend className="mb-3 font-semibold">{t("network")}</legend>
        {networks.every((network) => !network.active) && (
          <Callout tone="warn" className="mb-2">
            {t("noNetworks")}
          </Callout>
        )}
        <div className="grid gap-2 sm:grid-cols-2">
          {networks.map((network) => (
            <RadioCard
              key={network.name}
              name="network"
              value={network.name}
              disabled={!network.active}
              checked={form.network === network.name}
              onChange={() => onChange({ network: network.name })}
              label={
                <>
                  {network.name}
                  {network.address && (
                    <span className="ml-2 font-mono font-normal text-muted text-xs">
                      {network.address}
                    </span>
                  )}
                  {!network.active && (
                    <span className="ml-2 font-normal text-muted text-xs">{t("networkOff")}</span>
                  )}
                </>
              }
              hint={t(`networks.${network.mode}`)}
            />
          ))}
        </div>
        {error && (
          <p id="network-error" className="mt-2 text-13 text-bad-text">
            {error}
          </p>
        )}
      </fieldset>
    </Card>
  );
}
