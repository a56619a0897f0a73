import { describe, expect, it } from "vitest";
import { checkOrigin, originFacts } from "./origin";

const host = "portal.example:3000";
const cookie = "portico-session=x";
const own = "https://cloud.example.org";

const refused = expect.objectContaining({ code: "auth.forbidden" });

describe("checkOrigin without a configured origin", () => {
  it("lets our own pages through", () => {
    checkOrigin({ origin: `http://${host}`, host, cookie }, undefined);
    checkOrigin({ origin: "http://portal.example", host: "Portal.Example", cookie }, undefined);
  });

  it.each([
    ["CSRF from another origin", "http://evil.example"],
    ["CSRF with Origin null", "null"],
    ["CSRF without Origin but with a cookie", null],
    ["another scheme", `https://${host}`],
    ["another port", "http://portal.example:3001"],
    ["the suffix trick", `http://${host}.evil.example`],
    ["the prefix trick", `http://evil-${host}`],
    ["the user-info trick", `http://${host}@evil.example`],
    ["a path after it", `http://${host}/`],
    ["an empty Origin", ""],
  ])("%s is refused", (_name, origin) => {
    expect(() => checkOrigin({ origin, host, cookie }, undefined)).toThrow(refused);
  });

  it("a request without cookie and Origin has nobody's rights and passes", () => {
    checkOrigin({ origin: null, host, cookie: null }, undefined);
  });

  it("a foreign Origin is refused even without a cookie", () => {
    const facts = { origin: "http://evil.example", host, cookie: null };
    expect(() => checkOrigin(facts, undefined)).toThrow(refused);
  });

  it("a request without Host is refused", () => {
    expect(() => checkOrigin({ origin: "http://", host: null, cookie }, undefined)).toThrow(
      refused,
    );
  });
});

describe("checkOrigin with a configured origin", () => {
  it("takes that origin only, whatever Host and X-Forwarded-Host say", () => {
    const headers = new Headers({
      origin: "https://evil.example",
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      cookie,
    });
    expect(() => checkOrigin(originFacts(headers), own)).toThrow(refused);
    headers.set("origin", own);
    checkOrigin(originFacts(headers), own);
  });

  it("tells where the portal is to be opened", () => {
    expect(() => checkOrigin({ origin: `http://${host}`, host, cookie }, own)).toThrow(
      expect.objectContaining({ userMessage: { key: "auth.origin", values: { origin: own } } }),
    );
  });
});
