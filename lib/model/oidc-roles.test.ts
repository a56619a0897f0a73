import { expect, it } from "vitest";
import { oidcRolesSchema } from "./oidc-roles";

it("maps a group to rights in the installation and to roles in projects", () => {
  const roles = oidcRolesSchema.parse(
    '{"ops":"admin","audit":"auditor","web team":["shop:owner","test-1:viewer"]}',
  );
  expect(Object.fromEntries(roles)).toEqual({
    ops: [{ right: "admin" }],
    audit: [{ right: "auditor" }],
    "web team": [
      { project: "shop", role: "owner" },
      { project: "test-1", role: "viewer" },
    ],
  });
});

it.each([
  ["ops=admin", /must be JSON/],
  ['["admin"]', /./],
  ['{"ops":"root"}', /ops: "root" is neither "admin"/],
  ['{"web":"shop:boss"}', /web: "shop:boss" is neither/],
  ['{"web":["shop:owner","Shop:owner"]}', /web.*"Shop:owner" is neither/],
  ['{"web":7}', /web: each group needs a grant/],
])("%s is refused with the reason", (text, reason) => {
  const refused = oidcRolesSchema.safeParse(text);
  expect(refused.error?.issues.map((each) => each.message).join()).toMatch(reason);
});
