import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { auditActions, auditNouns, auditOutcomes } from "@/lib/model/audit-actions";
import { InstantInput } from "./instant-input";

interface AuditFiltersProps {
  /** Address of the page. */
  path: string;
  /** Its parameters now. */
  params: Record<string, string>;
}

/** Filters that the form does not show: set by a link in a row, kept when the form is sent. */
const ids = ["projectId", "actorId", "targetId", "requestId"] as const;

/** A form whose fields end up in the address, so that a view can be kept and passed on. */
export function AuditFilters({ path, params }: AuditFiltersProps) {
  const t = useTranslations("audit");
  return (
    <search>
      {/* Made anew with every other filter, so that its fields show what is in the address. */}
      <form
        key={JSON.stringify(params)}
        action={path}
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-6"
      >
        {ids.map(
          (name) =>
            params[name] && <input key={name} type="hidden" name={name} value={params[name]} />,
        )}
        <Field label={t("filters.search")}>
          {(control) => (
            <Input
              {...control}
              type="search"
              name="search"
              maxLength={100}
              placeholder={t("filters.searchHint")}
              defaultValue={params.search}
            />
          )}
        </Field>
        <Field label={t("what")}>
          {(control) => (
            <Select {...control} name="action" defaultValue={params.action ?? ""}>
              <option value="">{t("filters.everything")}</option>
              {auditNouns.map((noun) => (
                <optgroup key={noun} label={t(`nouns.${noun}`)}>
                  <option value={`${noun}.`}>
                    {t("filters.allOf", { noun: t(`nouns.${noun}`) })}
                  </option>
                  {auditActions
                    .filter((action) => action.startsWith(`${noun}.`))
                    .map((action) => (
                      <option key={action} value={action}>
                        {t(`actions.${action}`)}
                      </option>
                    ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("outcome")}>
          {(control) => (
            <Select {...control} name="outcome" defaultValue={params.outcome ?? ""}>
              <option value="">{t("filters.anyOutcome")}</option>
              {auditOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {t(`outcomes.${outcome}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <InstantInput name="from" label={t("filters.from")} value={params.from ?? ""} />
        <InstantInput name="until" label={t("filters.until")} value={params.until ?? ""} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary">
            {t("filters.apply")}
          </Button>
          {Object.keys(params).length > 0 && (
            <LinkButton href={path} variant="ghost">
              {t("filters.clear")}
            </LinkButton>
          )}
        </div>
      </form>
    </search>
  );
}
