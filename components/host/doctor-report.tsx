import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { type DotShape, type DotTone, StateDot } from "@/components/ui/state-dot";
import type { DoctorCheck, DoctorReport, DoctorStatus } from "@/lib/model/doctor";

const looks: Record<DoctorStatus, [DotShape, DotTone]> = {
  ok: ["check", "ok"],
  warn: ["diamond", "warn"],
  fail: ["triangle", "bad"],
};

/** The doctor's lines: what was looked at, what is wrong, and the command that mends it. */
export function DoctorReportView({ report }: { report: DoctorReport }) {
  const t = useTranslations("host");
  const wrong = report.checks.filter((check) => check.status !== "ok").length;
  return (
    <div className="flex flex-col gap-4">
      <Callout
        role="status"
        tone={report.status === "fail" ? "bad" : report.status === "warn" ? "warn" : "info"}
        title={wrong === 0 ? t("allWell") : t("someWrong", { count: wrong })}
      >
        <p className="text-muted">{t.rich("terminal", { command: "npm run doctor" })}</p>
      </Callout>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {report.checks.map((check) => (
          <CheckLine key={check.id} check={check} />
        ))}
      </ul>
    </div>
  );
}

function CheckLine({ check }: { check: DoctorCheck }) {
  const t = useTranslations("host");
  const doctor = useTranslations("doctor");
  const [shape, tone] = looks[check.status];
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <StateDot shape={shape} tone={tone} className="self-start">
        {t(`status.${check.status}`)}
      </StateDot>
      <div className="min-w-0">
        <h2 className="font-medium">{doctor(check.titleKey)}</h2>
        <p className="text-13 text-muted">{doctor(check.detailKey, check.values)}</p>
        {check.fix && <Fix command={check.fix} />}
      </div>
    </li>
  );
}

function Fix({ command }: { command: string }) {
  const t = useTranslations("host");
  return (
    <div className="mt-2">
      <p className="text-muted text-xs">{t("fix")}</p>
      <div className="mt-1 flex items-start gap-1 rounded-md bg-raised py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 whitespace-pre-wrap break-words py-1 font-mono text-xs">
          {command}
        </code>
        <CopyButton text={command} label={t("copyFix")} />
      </div>
    </div>
  );
}
