import { expect, it } from "vitest";
import { contentSecurityPolicy, inertHeaders, securityHeaders } from "./security-headers";

const input = { nonce: "abc", host: "cloud.example.org:8443", https: true, development: false };

it("runs no script without the nonce, and lets nobody frame the portal", () => {
  const policy = contentSecurityPolicy(input).split("; ");
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).toContain("connect-src 'self' wss://cloud.example.org:8443");
});

it("allows evaluation for hot reload only", () => {
  expect(contentSecurityPolicy(input)).not.toContain("unsafe-eval");
  expect(contentSecurityPolicy({ ...input, development: true })).toContain("'unsafe-eval'");
});

it("a poisoned Host header gets nothing into the policy", () => {
  for (const host of ["evil; script-src *", "a b", "x'y", "a,b", null]) {
    expect(contentSecurityPolicy({ ...input, host })).toContain("connect-src 'self';");
  }
});

it("V3.4.3: what is no page runs, loads and sends nothing", () => {
  const policy = inertHeaders(false)["Content-Security-Policy"]?.split("; ");
  const nothing = ["default-src", "base-uri", "form-action", "frame-ancestors"];
  expect(policy).toEqual(nothing.map((directive) => `${directive} 'none'`));
  expect(inertHeaders(false)["X-Content-Type-Options"]).toBe("nosniff");
});

it("promises https only where the portal is reached by it", () => {
  expect(inertHeaders(true)["Strict-Transport-Security"]).toBe("max-age=31536000");
  expect(inertHeaders(false)["Strict-Transport-Security"]).toBeUndefined();
  expect(securityHeaders(input)["Strict-Transport-Security"]).toBeDefined();
  expect(securityHeaders({ ...input, https: false })["Strict-Transport-Security"]).toBeUndefined();
  expect(securityHeaders(input)).toMatchObject({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
  });
});
