"use client";

import { MailPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { resendInvitationAction } from "@/app/(portal)/member-actions";
import { useProof } from "@/components/account/prove-dialog";
import { InvitationLinkNotice } from "@/components/project/invitation-link";
import { RoleSelect } from "@/components/project/role-select";
import type { InvitationLink } from "@/components/project/types";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ReasonButton } from "@/components/ui/reason-button";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import { type UserRight, userRights } from "@/lib/model/user";
import type { ProjectRole } from "@/lib/policies/permissions";
import { inviteUserAction } from "./actions";

interface InviteUserProps {
  projects: { id: string; name: string }[];
  /** Why the person may not invite; null when he may. */
  reason: string | null;
}

type Failure = Extract<Awaited<ReturnType<typeof inviteUserAction>>, { ok: false }>["error"];

/** Invites into the installation: with rights in it, into a project, both or neither. */
export function InviteUser({ projects, reason }: InviteUserProps) {
  const t = useTranslations("user.admin");
  const errorText = useErrorText();
  const router = useRouter();
  const call = useProof();
  const [email, setEmail] = useState("");
  const [right, setRight] = useState<UserRight>("none");
  const [projectId, setProjectId] = useState("");
  const [role, setRole] = useState<ProjectRole>("member");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [link, setLink] = useState<InvitationLink | null>(null);
  const wrong = failure?.fields.email;
  const disabled = reason !== null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || disabled) return;
    setBusy(true);
    setLink(null);
    const into = projectId === "" ? {} : { projectId, role };
    const rights = { isAdmin: right === "admin", isAuditor: right === "auditor" };
    const result = await call(() => inviteUserAction({ email, ...into, ...rights }));
    setBusy(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    setLink(result.value);
    setEmail("");
    router.refresh();
  }

  return (
    <Card title={t("invite.title")} description={t("invite.description")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
          <Field label={t("invite.email")} error={wrong && errorText(wrong)}>
            {(control) => (
              <Input
                {...control}
                type="email"
                required
                maxLength={254}
                autoComplete="off"
                disabled={disabled}
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("right")}>
            {(control) => (
              <Select
                {...control}
                disabled={disabled}
                value={right}
                onChange={(event) =>
                  setRight(userRights.find((each) => each === event.target.value) ?? "none")
                }
              >
                {userRights.map((each) => (
                  <option key={each} value={each}>
                    {t(`rights.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("invite.project")}>
            {(control) => (
              <Select
                {...control}
                disabled={disabled}
                value={projectId}
                onChange={(event) => setProjectId(event.target.value)}
              >
                <option value="">{t("invite.noProject")}</option>
                {projects.map((project) => (
                  <option key={project.id} value={project.id}>
                    {project.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("invite.role")}>
            {(control) => (
              <RoleSelect
                {...control}
                disabled={disabled || projectId === ""}
                value={role}
                onRole={setRole}
              />
            )}
          </Field>
        </div>
        {failure && !wrong && (
          <Callout tone="bad" role="alert" title={errorText(failure.message)} />
        )}
        <ReasonButton
          type="submit"
          className="self-start"
          busy={busy}
          icon={<MailPlus aria-hidden="true" />}
          disabledReason={reason}
        >
          {t("invite.submit")}
        </ReasonButton>
        {link && (
          <InvitationLinkNotice link={link} resend={resendInvitationAction} onLink={setLink} />
        )}
      </form>
    </Card>
  );
}
