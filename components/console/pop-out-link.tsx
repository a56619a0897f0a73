import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button-class";
import { withBase } from "@/lib/base-path";

/** Opens a console in a window of its own. */
export function PopOutLink({ href }: { href: string }) {
  const t = useTranslations("console");
  return (
    <a
      href={withBase(href)}
      target="_blank"
      rel="noopener"
      aria-label={t("bar.popOut")}
      title={t("bar.popOut")}
      className={buttonClass({ variant: "ghost", size: "icon" })}
    >
      <ExternalLink aria-hidden="true" />
    </a>
  );
}
