import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { type ProblemCode, problemCodes, statusOfProblem } from "@/lib/api/spec/problem";

interface PageProps {
  params: Promise<{ code: string }>;
}

async function codeOf({ params }: PageProps): Promise<ProblemCode> {
  const given = decodeURIComponent((await params).code);
  return problemCodes.find((each) => each === given) ?? notFound();
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const code = await codeOf(props);
  return { title: (await getTranslations("problem"))(`codes.${code}.title`) };
}

/** What the `type` of problem details leads to: what a code means and what to do next. */
export default async function ProblemPage(props: PageProps) {
  const code = await codeOf(props);
  const t = await getTranslations("problem");
  const link = "text-accent-text underline underline-offset-2";
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-4 p-4 md:p-6">
      <PageHeader
        title={t(`codes.${code}.title`)}
        description={
          <>
            <code className="break-all font-mono">{code}</code> · {t("status")}{" "}
            {statusOfProblem[code]}
          </>
        }
      />
      <Card title={t("meaning")}>
        <p className="max-w-prose">{t(`codes.${code}.meaning`)}</p>
      </Card>
      <Card title={t("next")}>
        <p className="max-w-prose">{t(`codes.${code}.next`)}</p>
      </Card>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <Link href="/problems" className={link}>
          {t("all")}
        </Link>
        <Link href="/docs/api" className={link}>
          {t("api")}
        </Link>
      </p>
    </main>
  );
}
