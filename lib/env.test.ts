import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";

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

describe("a path", () => {
  const below = { PORTICO_ORIGIN: "https://www.example.org", PORTICO_BASE_PATH: "/it/cloud" };

  it("is a setting beside the origin, which stays one", () => {
    expect(parseEnv(below)).toMatchObject(below);
    expect(parseEnv({}).PORTICO_BASE_PATH).toBe("");
    expect(() => parseEnv({ PORTICO_ORIGIN: "https://www.example.org/cloud" })).toThrow(
      /PORTICO_ORIGIN=.*PORTICO_BASE_PATH/,
    );
    expect(() => parseEnv({ PORTICO_BASE_PATH: "/cloud" })).toThrow(/PORTICO_ORIGIN=: is needed/);
  });

  it.each(["cloud", "/", "/cloud/", "//cloud", "/a b", "/a.b", "/..", "/a/../b", "/%2e", "/ä"])(
    "like %s is refused",
    (path) => {
      expect(() => parseEnv({ ...below, PORTICO_BASE_PATH: path })).toThrow(/must be like \/cloud/);
    },
  );
});

describe("OIDC settings", () => {
  const oidc = {
    PORTICO_ORIGIN: "https://cloud.example.org",
    PORTICO_OIDC_ISSUER: "https://id.example.org/realms/a",
    PORTICO_OIDC_CLIENT_ID: "portico",
    PORTICO_OIDC_CLIENT_SECRET_FILE: "/etc/portico/oidc-secret",
  };

  it("are taken together, and let no stranger in unless told to", () => {
    expect(parseEnv(oidc)).toMatchObject({
      ...oidc,
      PORTICO_OIDC_SIGN_UP: "false",
      PORTICO_OIDC_SECOND_FACTOR: "portal",
      PORTICO_OIDC_GROUPS_CLAIM: "groups",
    });
  });

  it.each(["PORTICO_ORIGIN", "PORTICO_OIDC_CLIENT_ID", "PORTICO_OIDC_CLIENT_SECRET_FILE"] as const)(
    "without %s are refused",
    (name) => {
      const message = new RegExp(`${name}=: is needed with PORTICO_OIDC_ISSUER`);
      expect(() => parseEnv({ ...oidc, [name]: undefined })).toThrow(message);
    },
  );

  it.each([
    [{ PORTICO_OIDC_ISSUER: "http://id.example.org" }, /must begin with https/],
    [{ PORTICO_OIDC_ROLES: '{"ops":"root"}' }, /PORTICO_OIDC_ROLES=.*: ops: "root" is neither/],
    [{ PORTICO_OIDC_SCOPE: "email" }, /must contain openid/],
    [{ PORTICO_OIDC_SIGN_UP: "yes" }, /PORTICO_OIDC_SIGN_UP=yes/],
  ])("%s is refused", (wrong, message) => {
    expect(() => parseEnv({ ...oidc, ...wrong })).toThrow(message);
  });
});
