import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";

interface VmTagsProps {
  tags: readonly string[];
  /** Address of the list that a tag leads to, filtered by it; absent in that list itself. */
  list?: string;
}

/** A VM's tags, in as many lines as they need. */
export function VmTags({ tags, list }: VmTagsProps) {
  const t = useTranslations("vm.words");
  return (
    <ul aria-label={t("tags")} className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag}>
          {list === undefined ? (
            <Badge>{tag}</Badge>
          ) : (
            <Link
              href={`${list}?tag=${encodeURIComponent(tag)}`}
              className="rounded hover:underline"
            >
              <Badge>{tag}</Badge>
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
