import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConsoleViewers } from "@/lib/model/console-viewer";

interface AudienceBannerProps {
  consoles: ConsoleViewers;
  /** Which of them this is; null before it is open. */
  own: string | null;
}

/** Tells whoever is at a screen that others watch it who are not of the project. */
export function AudienceBanner({ consoles, own }: AudienceBannerProps) {
  const t = useTranslations("console.audience");
  const others = consoles.viewers.filter(({ id, kind }) => kind === "screen" && id !== own);
  const named = (via: "administrator" | "link") => [
    ...new Set(others.filter((each) => each.via === via).map((each) => each.name)),
  ];
  const administrators = named("administrator");
  const visitors = named("link");
  if (administrators.length + visitors.length === 0) return null;
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-line border-b bg-raised px-3 py-1 text-13"
    >
      <Eye aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 break-words">
        {administrators.length > 0 && t("administrators", { names: administrators.join(", ") })}{" "}
        {visitors.length > 0 && t("visitors", { names: visitors.join(", ") })}
      </span>
    </p>
  );
}
