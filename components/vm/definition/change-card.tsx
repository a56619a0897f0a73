"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, lazy, Suspense, useRef, useState } from "react";
import { useProof } from "@/components/account/prove-dialog";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ReasonButton } from "@/components/ui/reason-button";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import { VirshLine } from "@/components/ui/virsh-line";
import {
  type DefinitionPlan,
  type DefinitionText,
  maxDefinitionChars,
} from "@/lib/model/definition";
import type { UserMessage } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";
import { virshLine } from "@/lib/model/virsh-line";
import { PlanView } from "./plan-view";
import type { DefinitionActions, DefinitionReasons } from "./types";

const CodeView = lazy(() => import("./code-view"));
const DiffView = lazy(() => import("./diff-view"));

interface ChangeCardProps {
  vm: { id: string; domainName: string };
  nextBoot: DefinitionText;
  forbidden: DefinitionReasons;
  actions: DefinitionActions;
}

/** What is being changed: the text to start from, what it was made of, and what it is by now. */
interface Draft {
  start: string;
  digest: string;
  typed: string;
}

type Failure = Extract<ActionResult<never>, { ok: false }>;

/** Edit or restore a definition: text, then its plan, then the deed. */
export function ChangeCard({ vm, nextBoot, forbidden, actions }: ChangeCardProps) {
  const t = useTranslations("definition");
  const errorText = useErrorText();
  const prove = useProof();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [plan, setPlan] = useState<DefinitionPlan | null>(null);
  const [planning, setPlanning] = useState(false);
  const [failure, setFailure] = useState<{ message: UserMessage; reason: string | null } | null>(
    null,
  );
  const [newer, setNewer] = useState<DefinitionText | null>(null);

  function begin(start: string) {
    setDraft({ start, digest: nextBoot.digest, typed: start });
    setPlan(null);
    setFailure(null);
    setNewer(null);
  }

  function end() {
    setDraft(null);
    setPlan(null);
  }

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (chosen === undefined) return;
    // Counted in bytes: never less than its characters.
    if (chosen.size > maxDefinitionChars)
      setFailure({ message: { key: "definition.too_large" }, reason: null });
    else begin(await chosen.text());
  }

  async function show({ typed: xml, digest }: Draft) {
    setPlanning(true);
    setFailure(null);
    const result = await callAction(() => actions.plan({ vmId: vm.id, xml, digest }));
    setPlanning(false);
    if (result.ok) return setPlan(result.value);
    setPlan(null);
    fail(result.error);
  }

  async function apply({ typed: xml, digest }: Draft) {
    setBusy(true);
    setFailure(null);
    const result = await prove(() => actions.define({ vmId: vm.id, xml, digest }));
    setBusy(false);
    if (!result.ok) return fail(result.error);
    toast.ok(t("applied"));
    router.refresh();
    end();
  }

  function fail({ code, message, details }: Failure["error"]) {
    const { current, reason } = details;
    setFailure({ message, reason: typeof reason === "string" ? reason : null });
    if (code === "conflict.stale" && current) setNewer(current as DefinitionText);
  }

  return (
    <Card title={t("change")} description={t("changeHint")}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          <ReasonButton disabledReason={forbidden.edit} onClick={() => begin(nextBoot.xml)}>
            {t("edit")}
          </ReasonButton>
          <ReasonButton disabledReason={forbidden.restore} onClick={() => file.current?.click()}>
            {t("restore")}
          </ReasonButton>
          <input
            ref={file}
            type="file"
            accept=".xml,application/xml,text/xml"
            aria-label={t("file")}
            className="hidden"
            onChange={(event) => void choose(event)}
          />
        </div>
        {failure && (
          <Callout tone="bad" role="alert">
            {errorText(failure.message)}
            {failure.reason !== null && (
              <p className="mt-1 font-mono text-xs [overflow-wrap:anywhere]">{failure.reason}</p>
            )}
          </Callout>
        )}
        {draft && (
          <Suspense fallback={<Skeleton className="h-64" />}>
            <CodeView
              label={t("editor")}
              text={draft.start}
              onChange={
                forbidden.edit === null
                  ? (typed) => {
                      setDraft({ ...draft, typed });
                      setPlan(null);
                    }
                  : undefined
              }
            />
            {newer && (
              <DiffView
                before={{ label: t("newer"), text: newer.xml }}
                after={{ label: t("yours"), text: draft.typed }}
              />
            )}
          </Suspense>
        )}
        {draft && newer && (
          <Button
            onClick={() => {
              setDraft({ ...draft, start: draft.typed, digest: newer.digest });
              setNewer(null);
              setFailure(null);
            }}
          >
            {t("goOn")}
          </Button>
        )}
        {plan && <PlanView plan={plan} />}
        {draft && (
          <>
            <div className="flex flex-wrap gap-2">
              <Button busy={planning} onClick={() => void show(draft)}>
                {t("showPlan")}
              </Button>
              <ReasonButton
                variant="primary"
                busy={busy}
                disabledReason={whyNotYet(plan, t)}
                onClick={() => void apply(draft)}
              >
                {t("apply")}
              </ReasonButton>
              <Button onClick={end}>{t("drop")}</Button>
            </div>
            <VirshLine commands={[virshLine(["define", "--validate", `${vm.domainName}.xml`])]} />
          </>
        )}
      </div>
    </Card>
  );
}

function whyNotYet(
  plan: DefinitionPlan | null,
  t: ReturnType<typeof useTranslations<"definition">>,
): string | null {
  if (plan === null) return t("planFirst");
  if (!plan.changed) return t("nothing");
  return plan.possible ? null : t("impossible");
}
