import { describe, expect, it } from "vitest";
import english from "@/messages/en/audit.json";
import chinese from "@/messages/zh-CN/audit.json";
import { auditActions, auditNouns } from "./audit-actions";

/** Names of the actions that a catalogue has words for. */
function named(actions: Record<string, Record<string, string>>): string[] {
  return Object.entries(actions).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
}

describe("what the audit log can say", () => {
  it.each([
    ["English", english.actions],
    ["Chinese", chinese.actions],
  ])("has a name for people in %s, and no other does", (_language, actions) => {
    expect(named(actions).sort()).toEqual([...auditActions].sort());
  });

  it.each([
    ["English", english.nouns],
    ["Chinese", chinese.nouns],
  ])("has a name in %s for what it is about", (_language, nouns) => {
    expect(Object.keys(nouns).sort()).toEqual([...auditNouns].sort());
  });
});
