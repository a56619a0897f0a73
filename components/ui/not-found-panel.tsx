import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "./link-button";

/** For an absent object and for another tenant's alike. */
export function NotFoundPanel() {
  const t = useTranslations("common");
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col items-start gap-3 px-6 py-16">
      <Compass aria-hidden="true" className="size-8 text-muted" />
      <h1 className="font-semibold text-xl">{t("notFound.title")}</h1>
      <p className="text-muted">{t("notFound.body")}</p>
      <div className="mt-2">
        <LinkButton variant="primary" href="/">
          {t("error.home")}
        </LinkButton>
      </div>
    </div>
  );
}
