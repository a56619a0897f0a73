import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { problemCodes, statusOfProblem } from "@/lib/api/spec/problem";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("problem"))("title") };
}

/** Every code that an answer may have; public, since it says nothing of here. */
export default async function ProblemsPage() {
  const t = await getTranslations("problem");
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-6 p-4 md:p-6">
      <PageHeader title={t("title")} description={t("description")} />
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {problemCodes.map((code) => (
          <li key={code} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
            <Link
              href={`/problems/${code}`}
              className="font-mono text-13 text-accent-text underline underline-offset-2"
            >
              {code}
            </Link>
            <span>{t(`codes.${code}.title`)}</span>
            <span className="ml-auto font-mono text-13 text-muted">{statusOfProblem[code]}</span>
          </li>
        ))}
      </ul>
      <Link href="/docs/api" className="text-accent-text underline underline-offset-2">
        {t("api")}
      </Link>
    </main>
  );
}
