import { useTranslations } from "next-intl";
import { Skeleton } from "./skeleton";

/** Stands where a page with a table will be. */
export function PageSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="flex flex-col gap-5 p-4 md:p-6">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-72" />
    </div>
  );
}
