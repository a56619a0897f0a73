import { describe, expect, it } from "vitest";
import { mailText } from "./mail-text";

const values = {
  inviter: "Ada\r\nBcc: all@example.org",
  project: "Web <b>{x}</b>",
  link: "https://cloud.example.org/invite/abc",
  origin: "https://cloud.example.org",
};

describe("mailText", () => {
  it.each(["en", "zh-CN"])("says who, where and by which link (%s)", (locale) => {
    const { subject, text } = mailText(locale, "invitation.project", values);
    expect(subject).toContain("Web <b>{x}</b>");
    expect(text).toContain(`\n\n${values.link}\n\n`);
    expect(text).toContain(values.origin);
  });

  it("lets no name begin a line of its own", () => {
    const { subject, text } = mailText("en", "invitation.project", values);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  it("is in English for a language that we do not have", () => {
    const english = mailText("en", "invitation.installation", values);
    expect(mailText("fr", "invitation.installation", values)).toEqual(english);
    expect(mailText(null, "invitation.installation", values)).toEqual(english);
  });
});
