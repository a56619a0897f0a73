import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { ReasonLink } from "@/components/ui/reason-link";

interface FirstStepsProps {
  slug: string;
  /** Whether an ISO is ready, a VM is there, a console was opened. */
  done: { upload: boolean; create: boolean; console: boolean };
  /** Of the VM whose console is the third step; null without one. */
  consoleHref: string | null;
  /** Why the person may not take a step; null when he may. */
  forbidden: { upload: string | null; create: string | null; console: string | null };
}

/** A project without VMs teaches the way to the first one, and ticks what is done. */
export function FirstSteps({ slug, done, consoleHref, forbidden }: FirstStepsProps) {
  const t = useTranslations("project.steps");
  const noVm = consoleHref === null ? t("consoleLater") : null;
  const steps = [
    { step: "upload", href: `/p/${slug}/images`, against: forbidden.upload },
    { step: "create", href: `/p/${slug}/vms/new`, against: forbidden.create },
    { step: "console", href: consoleHref ?? "", against: forbidden.console ?? noVm },
  ] as const;
  const at = steps.findIndex(({ step }) => !done[step]);
  return (
    <section className="w-full max-w-2xl rounded-lg border border-line bg-surface px-5 py-6 sm:px-8">
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <p className="mt-1 text-muted">{t("intro")}</p>
      <ol className="mt-6 flex flex-col">
        {steps.map(({ step, href, against }, index) => (
          <li key={step} className="relative flex gap-4 pb-6 last:pb-0">
            {index < steps.length - 1 && (
              <span aria-hidden="true" className="absolute top-8 bottom-1 left-3.5 w-px bg-line" />
            )}
            <span
              aria-hidden="true"
              className={clsx(
                "flex size-7 shrink-0 items-center justify-center rounded-full font-semibold text-13",
                done[step] && "bg-ok-soft text-ok-text",
                index === at && "bg-accent text-accent-ink",
                !done[step] && index !== at && "border border-line-strong text-muted",
              )}
            >
              {done[step] ? <Check className="size-4" /> : index + 1}
            </span>
            <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2 pt-0.5">
              <div className="min-w-0 basis-60 grow">
                <p className="font-medium">
                  {t(step)}
                  {done[step] && <span className="sr-only"> {t("done")}</span>}
                </p>
                <p className="text-13 text-muted">{t(`${step}Hint`)}</p>
              </div>
              {!done[step] && (
                <ReasonLink
                  size="sm"
                  variant={index === at ? "primary" : "secondary"}
                  href={href}
                  disabledReason={against}
                >
                  {t(`${step}Action`)}
                </ReasonLink>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
