import { clsx } from "clsx";
import { useFormatter } from "next-intl";
import { Link } from "@/components/ui/link";

interface FigureCardProps {
  /** Where what it counts is listed; absent where there is no such page. */
  href?: string;
  name: string;
  figure: number;
  note?: string;
  /** Something is wrong with it. */
  bad?: boolean;
}

/** One figure of the installation, and the way to what it counts; an item of a list. */
export function FigureCard({ href, name, figure, note, bad = false }: FigureCardProps) {
  const format = useFormatter();
  const look = "flex h-full flex-col gap-0.5 rounded-lg border border-line bg-surface px-4 py-3.5";
  const inside = (
    <>
      <span className="text-13 text-muted">{name}</span>
      <span className="font-semibold text-2xl tabular-nums tracking-tight">
        {format.number(figure)}
      </span>
      {note && (
        <span className={clsx("text-13", bad ? "text-bad-text" : "text-muted")}>{note}</span>
      )}
    </>
  );
  return (
    <li>
      {href === undefined ? (
        <span className={look}>{inside}</span>
      ) : (
        <Link href={href} className={clsx(look, "hover:border-line-strong")}>
          {inside}
        </Link>
      )}
    </li>
  );
}
