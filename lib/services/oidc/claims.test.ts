import { describe, expect, it } from "vitest";
import { readClaims } from "./claims";

const least = { iss: "https://id.example.org", sub: "s1" };

describe("what the provider says of a person", () => {
  it("may be the subject alone", () => {
    expect(readClaims(least, "groups")).toEqual({
      issuer: least.iss,
      subject: "s1",
      verifiedEmail: null,
      name: null,
      groups: [],
    });
  });

  it.each([
    [{ email: "Ada@Example.org", email_verified: true }, "ada@example.org"],
    [{ email: "ada@example.org", email_verified: "true" }, null],
    [{ email: "ada@example.org", email_verified: false }, null],
    [{ email: "ada@example.org" }, null],
    [{ email: 7, email_verified: true }, null],
  ])("%s is the verified address %s", (claims, verifiedEmail) => {
    expect(readClaims({ ...least, ...claims }, "groups")).toMatchObject({ verifiedEmail });
  });

  it.each([
    [
      ["a", "b"],
      ["a", "b"],
    ],
    ["a", ["a"]],
    [["a", 7], []],
    [{ a: true }, []],
    [undefined, []],
  ])("groups %s are %s", (roles, groups) => {
    expect(readClaims({ ...least, roles }, "roles")).toMatchObject({ groups });
  });

  it.each([
    [{ name: "Ada\u202e", preferred_username: "ada" }, "ada"],
    [{ name: "Ada" }, "Ada"],
    [{ name: "" }, null],
  ])("%s are called %s", (claims, name) => {
    expect(readClaims({ ...least, ...claims }, "groups")).toMatchObject({ name });
  });

  it.each([null, "x", {}, { iss: "i" }, { iss: "i", sub: "" }, { ...least, sub: 7 }])(
    "%s is nobody",
    (claims) => {
      expect(readClaims(claims, "groups")).toBeNull();
    },
  );
});
