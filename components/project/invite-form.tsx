"use client";

import { MailPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { callAction } from "@/components/ui/call-action";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { toast } from "@/components/ui/toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";
import type { ProjectRole } from "@/lib/policies/permissions";
import { InvitationLinkNotice } from "./invitation-link";
import { RoleSelect } from "./role-select";
import type { InvitationLink, MemberActions } from "./types";

type InviteAction = MemberActions["invite"];
type AddAction = MemberActions["add"];

interface InviteFormProps {
  projectId: string;
  /** Why the person may not invite; null when he may. */
  forbidden: string | null;
  invite: InviteAction;
  resend: MemberActions["resend"];
  /** Given to those who see all accounts anyway: makes a member at once. */
  add: AddAction | null;
}

interface Failure {
  message: UserMessage;
  email: UserMessage | undefined;
}

/** Asks for an address and a role; ends in a mail, or in a link to copy. */
export function InviteForm({ projectId, forbidden, invite, resend, add }: InviteFormProps) {
  const t = useTranslations("project.invite");
  const errorText = useErrorText();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<ProjectRole>("member");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [link, setLink] = useState<InvitationLink | null>(null);

  async function run(call: InviteAction | AddAction) {
    if (busy || forbidden !== null) return;
    setBusy(true);
    setFailure(null);
    setLink(null);
    const result = await callAction<InvitationLink | null>(() => call({ projectId, email, role }));
    setBusy(false);
    if (!result.ok) {
      setFailure({ message: result.error.message, email: result.error.fields.email });
      return;
    }
    if (result.value) setLink(result.value);
    else toast.ok(t("added", { email }));
    setEmail("");
    router.refresh();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(invite);
  }

  return (
    <Card title={t("title")} description={t("description")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <Field label={t("email")} error={failure?.email && errorText(failure.email)}>
            {(control) => (
              <Input
                {...control}
                type="email"
                name="email"
                required
                maxLength={254}
                autoComplete="off"
                disabled={forbidden !== null}
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("role")}>
            {(control) => (
              <RoleSelect
                {...control}
                disabled={forbidden !== null}
                value={role}
                onRole={setRole}
              />
            )}
          </Field>
        </div>
        {failure && !failure.email && (
          <Callout tone="bad" role="alert">
            {errorText(failure.message)}
          </Callout>
        )}
        <div className="flex flex-wrap gap-2">
          <ReasonButton
            type="submit"
            variant="primary"
            busy={busy}
            icon={<MailPlus aria-hidden="true" />}
            disabledReason={forbidden}
          >
            {t("submit")}
          </ReasonButton>
          {add && forbidden === null && (
            <Button busy={busy} disabled={email === ""} onClick={() => void run(add)}>
              {t("add")}
            </Button>
          )}
        </div>
        {link && <InvitationLinkNotice link={link} resend={resend} onLink={setLink} />}
      </form>
    </Card>
  );
}
