import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { find, textOf } from "./query";
import { element, MAX_XML_CHARS, parseXml, printXml } from "./tree";

// Every string that XML can carry at all; the rest is replaced on purpose (see the last case).
const printable = fc
  .string({ unit: "grapheme" })
  .filter((text) => /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text));

describe("XML", () => {
  it("carries any text and attribute unchanged", () => {
    fc.assert(
      fc.property(printable, printable, (text, value) => {
        const printed = printXml(element("a", { value }, [element("b", {}, [text])]));
        const root = parseXml(printed);
        expect(root.attributes.value).toBe(value);
        expect(textOf(find(root, "b")) ?? "").toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "</title><devices/><title>",
    "]]>",
    "<![CDATA[ x ]]>",
    "&amp;lt;",
    "&#60;script&#62;",
    "a\r\nb\tc",
    "'\"><evil x='",
    "\u202eRTL \u{1f600} 你好",
    " leading and trailing ",
  ])("carries the hostile text %j", (text) => {
    const root = parseXml(printXml(element("t", { a: text }, [text])));
    expect(root).toEqual({ name: "t", attributes: { a: text }, children: [text] });
  });

  it("keeps order, namespaces, CDATA and unknown elements", () => {
    const xml =
      '<?xml version="1.0"?><!-- c --><d id="3"><x/><q:m xmlns:q="u"><q:p a="&lt;"/></q:m><x>y<![CDATA[&amp;<]]></x></d>';
    expect(parseXml(xml)).toEqual(
      element("d", { id: 3 }, [
        element("x"),
        element("q:m", { "xmlns:q": "u" }, [element("q:p", { a: "<" })]),
        element("x", {}, ["y", "&amp;<"]),
      ]),
    );
  });

  it.each([
    ["entity bomb", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ["two roots", "<a/><b/>"],
    ["unclosed", "<a><b></a>"],
    ["no XML", "hello"],
    ["empty", ""],
    ["deep nesting", `${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`],
    ["too long", `<a>${"x".repeat(MAX_XML_CHARS)}</a>`],
  ])("refuses %s", (_name, xml) => {
    expect(() => parseXml(xml)).toThrow();
  });

  it("leaves an entity that it does not know as it stands", () => {
    expect(textOf(parseXml("<a>&xxe; &#x41;&apos;</a>"))).toBe("&xxe; A'");
  });

  it("replaces what XML cannot carry", () => {
    expect(printXml(element("a", {}, ["x\u0000\u001b\ud800y"]))).toBe(
      "<a>x\ufffd\ufffd\ufffdy</a>\n",
    );
  });
});
