import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperationSection } from "@/components/docs/operation-section";
import { openApiDocument } from "@/lib/api/openapi/document";
import { apiBase } from "@/lib/api/spec/operations";
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
            href={`${apiBase}/openapi.json`}
            className="text-accent-text underline underline-offset-2"
          >
            {t("document")}
          </a>
        </p>
      </header>
      <nav aria-label={t("contents")} className="flex flex-col gap-3">
        {groups.map(({ tag, operations }) => (
          <details key={tag}>
            <summary className="cursor-pointer font-medium">{tag}</summary>
            <ul className="mt-1 flex flex-col gap-1 pl-4 text-13">
              {operations.map((each) => (
                <li key={each.id}>
                  <a href={`#${each.id}`} className="hover:underline">
                    {each.summary}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </nav>
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
