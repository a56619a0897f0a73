"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { withBase } from "@/lib/base-path";
import type { FactorsView } from "@/lib/services/factor/list-factors";
import { PasskeyList } from "./passkey-list";
import { RecoveryCodes } from "./recovery-codes";
import { RecoverySection } from "./recovery-section";
import { TotpSection } from "./totp-section";

interface SecondFactorsProps {
  factors: FactorsView;
  /** Whether browsers do WebAuthn at the portal's address. */
  passkeysWork: boolean;
  /** Where to go on once a factor is set up; absent on the person's own page. */
  next?: string;
}

/** Authenticator app, passkeys and recovery codes, and what is shown once of them. */
export function SecondFactors({ factors, passkeysWork, next }: SecondFactorsProps) {
  const t = useTranslations("account.factors");
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const protectedNow = factors.totp || factors.passkeys.length > 0;

  function goOn() {
    setCodes(null);
    // A full load: everything that was refused before is open now.
    if (next === undefined) router.refresh();
    else window.location.assign(withBase(next));
  }

  function added(recoveryCodes: string[] | null) {
    if (recoveryCodes === null) goOn();
    else setCodes(recoveryCodes);
  }

  return (
    <>
      {!protectedNow && next === undefined && (
        <Callout title={t("noneTitle")} className="mb-4">
          {t("none")}
        </Callout>
      )}
      <div className="flex flex-col divide-y divide-line [&>*:first-child]:pt-0 [&>*:last-child]:pb-0 [&>*]:py-4">
        <div>
          <TotpSection on={factors.totp} added={added} />
        </div>
        <div>
          <PasskeyList passkeys={factors.passkeys} work={passkeysWork} added={added} />
        </div>
        {next === undefined && (
          <div>
            <RecoverySection
              left={factors.recoveryCodes}
              needed={protectedNow}
              renewed={(renewed) => setCodes(renewed)}
            />
          </div>
        )}
      </div>
      {codes && <RecoveryCodes codes={codes} onClose={goOn} />}
    </>
  );
}
