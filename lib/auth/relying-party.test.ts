import { expect, it } from "vitest";
import { relyingParty } from "./relying-party";

it.each([
  ["https://cloud.example.org", "cloud.example.org"],
  ["https://cloud.example.org:8443", "cloud.example.org"],
  ["http://localhost:3000", "localhost"],
])("at %s passkeys are made for %s", (origin, id) => {
  expect(relyingParty({ host: "evil.example" }, origin)).toEqual({ id, origin });
});

it.each([
  "http://cloud.example.org",
  "https://192.0.2.1",
  "http://127.0.0.1:3000",
  "https://[2001:db8::1]:8443",
])("at %s no browser makes any", (origin) => {
  expect(relyingParty({ host: "cloud.example.org" }, origin)).toBeNull();
});

it("without a configured origin it is the host that the request came to", () => {
  expect(relyingParty({ host: "LOCALHOST:3000" })).toEqual({
    id: "localhost",
    origin: "http://localhost:3000",
  });
  expect(relyingParty({ host: null })).toBeNull();
  expect(relyingParty({ host: "a b" })).toBeNull();
});
