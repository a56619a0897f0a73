import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";

/** From the sign-in page to the way to a new password. */
export function ForgotLink() {
  const t = useTranslations("user.reset");
  return (
    <Link href="/reset/request" className="mt-4 self-center text-13 text-muted hover:underline">
      {t("forgot")}
    </Link>
  );
}
