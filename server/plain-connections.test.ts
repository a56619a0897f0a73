import { expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { plainConnections } from "./plain-connections";

const safe = { PORTICO_LISTEN: "127.0.0.1", PORTICO_LIBVIRT_URI: "qemu:///system" };
const warned = (settings: Record<string, string>) =>
  plainConnections(parseEnv({ PORTICO_MAIL_FROM: "a@example.org", ...safe, ...settings }));

it.each<Record<string, string>>([
  {},
  { PORTICO_LISTEN: "::1" },
  { PORTICO_ORIGIN: "http://localhost:3000" },
  { PORTICO_ORIGIN: "https://cloud.example.org" },
  // Behind a proxy on another machine: browsers come by https, and to nothing else.
  { PORTICO_LISTEN: "0.0.0.0", PORTICO_ORIGIN: "https://cloud.example.org" },
  { PORTICO_ORIGIN: "https://c.example.org", PORTICO_SMTP_URL: "smtps://u:p@mail.example.org" },
  { PORTICO_ORIGIN: "https://c.example.org", PORTICO_SMTP_URL: "smtp://127.0.0.1:25" },
  { PORTICO_LIBVIRT_URI: "qemu+tcp://127.0.0.1/system" },
  { PORTICO_LIBVIRT_URI: "qemu+tls://host.example.org/system" },
  // Refused where it is used, in words of its own.
  { PORTICO_LIBVIRT_URI: "qemu+ssh:///" },
])("V12.2.1, V12.3.1: nothing is said of %j", (settings) => {
  expect(warned(settings)).toEqual([]);
});

it.each<[string, Record<string, string>, RegExp]>([
  ["an open address", { PORTICO_LISTEN: "0.0.0.0" }, /plain http.*PORTICO_ORIGIN/],
  ["an address of the network", { PORTICO_LISTEN: "192.0.2.7" }, /plain http/],
  ["an origin by http", { PORTICO_ORIGIN: "http://cloud.example.org" }, /plain http/],
  [
    "mail in the clear",
    { PORTICO_ORIGIN: "https://c.example.org", PORTICO_SMTP_URL: "smtp://u:pass@mail.example.org" },
    /smtps:\/\//,
  ],
  ["libvirt in the clear", { PORTICO_LIBVIRT_URI: "qemu+tcp://192.0.2.9/system" }, /owns the host/],
  [
    "libvirt that proves nothing",
    { PORTICO_LIBVIRT_URI: "qemu+tls://h.example.org/system?no_verify=1" },
    /read or forged/,
  ],
])("V12.2.1, V12.3.1: the start warns of %s", (_name, settings, words) => {
  const told = warned(settings);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(words);
  expect(told[0]).not.toContain("pass@");
});
