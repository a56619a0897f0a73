import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperationSearch } from "@/components/docs/operation-search";
import { OperationSection } from "@/components/docs/operation-section";
import { Link } from "@/components/ui/link";
import { openApiDocument } from "@/lib/api/openapi/document";
import { apiBase } from "@/lib/api/spec/operations";
import { withBase } from "@/lib/base-path";
import { operationDocs } from "./operation-docs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("api"))("title") };
}

/** The API's documentation, from the document itself; public, since it says nothing of here. */
export default async function ApiDocsPage() {
  const t = await getTranslations("api");
  const groups = operationDocs();
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-6 p-4 md:p-6">
      <header className="flex flex-col gap-2">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <p className="max-w-prose text-muted">{openApiDocument().info.description}</p>
        <p>
          <a
            href={withBase(`${apiBase}/openapi.json`)}
            className="text-accent-text underline underline-offset-2"
          >
            {t("document")}
          </a>
          {" · "}
          <Link href="/problems" className="text-accent-text underline underline-offset-2">
            {t("problems")}
          </Link>
        </p>
      </header>
      <OperationSearch
        groups={groups.map(({ tag, operations }) => ({
          tag,
          // Only what is looked among: the rest is on the page already.
          operations: operations.map(({ id, method, path, summary, command }) => {
            return { id, method, path, summary, command };
          }),
        }))}
      />
      {groups.map(({ tag, operations }) => (
        <div key={tag} className="flex flex-col gap-4">
          <h2 className="font-semibold text-lg">{tag}</h2>
          {operations.map((each) => (
            <OperationSection key={each.id} operation={each} />
          ))}
        </div>
      ))}
    </main>
  );
}
