import { clsx } from "clsx";
import { Check, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";

interface VmEmptyProps {
  slug: string;
  /** Whether an ISO is ready: then the first step is done. */
  hasImage: boolean;
  mayCreate: boolean;
}

/** A project without VMs teaches the way to the first one. */
export function VmEmpty({ slug, hasImage, mayCreate }: VmEmptyProps) {
  const t = useTranslations("vm.empty");
  const steps = [
    { title: hasImage ? t("uploadDone") : t("upload"), hint: t("uploadHint"), done: hasImage },
    { title: t("createStep"), hint: t("createHint"), done: false },
    { title: t("consoleStep"), hint: t("consoleHint"), done: false },
  ];
  const at = steps.findIndex((step) => !step.done);
  return (
    <section className="mx-auto w-full max-w-2xl rounded-lg border border-line bg-surface px-6 py-8 sm:px-10">
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <p className="mt-1 text-muted">{t("intro")}</p>
      <ol className="mt-6 flex flex-col">
        {steps.map(({ title, hint, done }, index) => (
          <li key={title} className="relative flex gap-4 pb-6 last:pb-0">
            {index < steps.length - 1 && (
              <span aria-hidden="true" className="absolute top-8 bottom-1 left-3.5 w-px bg-line" />
            )}
            <span
              aria-hidden="true"
              className={clsx(
                "flex size-7 shrink-0 items-center justify-center rounded-full font-semibold text-13",
                done && "bg-ok-soft text-ok-text",
                index === at && "bg-accent text-accent-ink",
                !done && index !== at && "border border-line-strong text-muted",
              )}
            >
              {done ? <Check className="size-4" /> : index + 1}
            </span>
            <div className="pt-0.5">
              <p className="font-medium">{title}</p>
              <p className="text-13 text-muted">{hint}</p>
            </div>
          </li>
        ))}
      </ol>
      {mayCreate && (
        <div className="mt-7 flex flex-wrap gap-2">
          {!hasImage && (
            <LinkButton
              variant="primary"
              href={`/p/${slug}/images`}
              icon={<Upload aria-hidden="true" />}
            >
              {t("uploadAction")}
            </LinkButton>
          )}
          <LinkButton variant={hasImage ? "primary" : "secondary"} href={`/p/${slug}/vms/new`}>
            {t("createStep")}
          </LinkButton>
        </div>
      )}
    </section>
  );
}
