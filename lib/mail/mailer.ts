import { createTransport } from "nodemailer";
import { env, portalAddress } from "@/lib/env";
import { once } from "@/lib/runtime/once";

export interface Mail {
  to: string;
  subject: string;
  /** Plain text: links are written out, nothing is loaded from anywhere. */
  text: string;
}

export interface Mailer {
  /** Where links in mails lead: always the configured address, never a request's Host. */
  origin: string;
  /** Throws when the mail server does not take it. */
  send(mail: Mail): Promise<void>;
}

const timeoutMs = 10_000;

/** The way out for mail; null without `PORTICO_SMTP_URL`, and then links are there to copy. */
export function mailer(): Mailer | null {
  const { PORTICO_SMTP_URL: url, PORTICO_MAIL_FROM: from } = env();
  const origin = portalAddress();
  if (url === undefined || from === undefined || origin === undefined) return null;
  const transport = once("mail.transport", () =>
    createTransport(url, {
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  );
  return {
    origin,
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
    },
  };
}
