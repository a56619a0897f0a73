import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { withBase } from "@/lib/base-path";

export interface OperationDoc {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  scope: string | null;
  parameters: { name: string; place: string; required: boolean; description: string }[];
  /** JSON schema of the body; null without one. */
  body: string | null;
  curl: string;
  /** The call of the command line that does it. */
  command: string;
  /** What comes back when it succeeds, as JSON; null without a body. */
  answer: string | null;
  answers: { status: string; text: string; problems: string[] }[];
}

/** One operation of the API as its document says it. */
export function OperationSection({ operation }: { operation: OperationDoc }) {
  const t = useTranslations("api");
  const { id, method, path, summary, description, scope, parameters, body, answers } = operation;
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="flex scroll-mt-4 flex-col gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <h3 id={`${id}-title`} className="font-semibold text-base">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="break-all font-mono text-13">
        <Badge tone="accent">{method}</Badge> {path}
      </p>
      {description !== "" && <p className="max-w-prose text-muted">{description}</p>}
      <p className="text-13">
        {t("scope")}: <span className="font-mono">{scope ?? t("anyToken")}</span>
      </p>
      {parameters.length > 0 && (
        <dl className="flex flex-col gap-1 text-13">
          {parameters.map((each) => (
            <div key={`${each.place} ${each.name}`} className="flex flex-wrap gap-x-2">
              <dt className="font-mono">{each.name}</dt>
              <dd className="text-muted">
                {t(`place.${each.place}`)}
                {each.required && ` · ${t("required")}`}
                {each.description !== "" && ` · ${each.description}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Code label="curl" text={operation.curl} />
      <Code label={t("command")} text={operation.command} />
      {operation.answer !== null && (
        <details>
          <summary className="cursor-pointer text-13">{t("answer")}</summary>
          <Code label={t("answer")} text={operation.answer} />
        </details>
      )}
      {body !== null && (
        <details>
          <summary className="cursor-pointer text-13">{t("body")}</summary>
          <Code label={t("body")} text={body} />
        </details>
      )}
      <dl className="flex flex-col gap-1 text-13">
        {answers.map((each) => (
          <div key={each.status} className="flex flex-wrap gap-x-2">
            <dt className="font-mono">{each.status}</dt>
            <dd className="min-w-0 break-words text-muted">
              {each.problems.length === 0
                ? each.text
                : each.problems.map((code, index) => (
                    <Fragment key={code}>
                      {index > 0 && ", "}
                      {/* Plain: there are more than a thousand, each of which would be a script's. */}
                      <a
                        href={withBase(`/problems/${code}`)}
                        className="underline underline-offset-2"
                      >
                        {code}
                      </a>
                    </Fragment>
                  ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Text that wraps, so that no phone has to scroll sideways. */
function Code({ label, text }: { label: string; text: string }) {
  return (
    <figure aria-label={label} className="relative mt-1">
      <pre className="whitespace-pre-wrap break-all rounded-md bg-raised p-3 pr-10 font-mono text-xs">
        {text}
      </pre>
      <CopyButton text={text} label={label} className="absolute top-2 right-2" />
    </figure>
  );
}
