import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

describe("mail settings", () => {
  const mail = {
    PORTICO_SMTP_URL: "smtp://user:hunter2@127.0.0.1:25",
    PORTICO_MAIL_FROM: "cloud@example.org",
    PORTICO_ORIGIN: "https://cloud.example.org",
  };

  it("are taken together", () => {
    expect(parseEnv(mail)).toMatchObject(mail);
  });

  it.each(["PORTICO_MAIL_FROM", "PORTICO_ORIGIN"] as const)(
    "without %s are refused: links must not follow a request's host",
    (name) => {
      const message = new RegExp(`${name}=: is needed with PORTICO_SMTP_URL`);
      expect(() => parseEnv({ ...mail, [name]: undefined })).toThrow(message);
    },
  );

  it("never print the mail server's password", () => {
    const wrong = { ...mail, PORTICO_SMTP_URL: "http://user:hunter2@mail" };
    expect(() => parseEnv(wrong)).toThrow(/PORTICO_SMTP_URL=\(not shown\)/);
    expect(() => parseEnv(wrong)).not.toThrow(/hunter2/);
  });
});
