import { XMLParser } from "fast-xml-parser";
import { decodeEntities, escapeAttribute, escapeText } from "./escape";

/** An XML element; order, unknown names and namespaces survive a parse → print round trip. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

/** A domain of libvirt is a few KiB; its own limit for one string on the wire is 4 MiB. */
export const MAX_XML_CHARS = 4 * 1024 * 1024;

const CDATA = "#cdata";
/** No element of a text can have this name. */
const COMMENT = "#comment";
const TEXT = "#text";
const ATTRIBUTES = ":@";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  // Entities are decoded by ourselves: only the predefined five and character references.
  processEntities: false,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  cdataPropName: CDATA,
  commentPropName: COMMENT,
});

type Raw = Record<string, unknown>;

/** Builds an element; attributes that are null or undefined and children that are null are left out. */
export function element(
  name: string,
  attributes: Record<string, string | number | null | undefined> = {},
  children: (XmlNode | null)[] = [],
): XmlElement {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) kept[key] = String(value);
  }
  return { name, attributes: kept, children: children.filter((child) => child !== null) };
}

/**
 * Parses one XML document into its root element. Throws an Error on text above 4 MiB, on a
 * document type declaration (libvirt never writes one) and on what is not XML.
 */
export function parseXml(text: string): XmlElement {
  if (text.length > MAX_XML_CHARS) throw new Error(`XML of ${text.length} characters is too long`);
  if (text.includes("<!DOCTYPE")) throw new Error("XML with a document type is not accepted");
  const roots = (parser.parse(text, true) as Raw[])
    .map((raw) => toNode(raw, false))
    .filter((node): node is XmlElement => typeof node === "object" && node !== null);
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new Error("XML without exactly one root");
  return root;
}

/** Of comments libvirt keeps those in metadata, which belongs to others; so do we. */
function toNode(raw: Raw, inMetadata: boolean): XmlNode | null {
  if (TEXT in raw) return decodeEntities(String(raw[TEXT]));
  if (CDATA in raw) return textIn(raw[CDATA]);
  if (COMMENT in raw) return inMetadata ? element(COMMENT, {}, [textIn(raw[COMMENT])]) : null;
  const name = Object.keys(raw).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name.startsWith("?")) return null;
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries((raw[ATTRIBUTES] ?? {}) as Raw)) {
    attributes[key] = decodeEntities(String(value));
  }
  const keepsComments = inMetadata || name === "metadata";
  const nodes = (raw[name] as Raw[])
    .map((child) => toNode(child, keepsComments))
    .filter((node) => node !== null);
  const hasElements = nodes.some((node) => typeof node === "object");
  const children = nodes.filter(
    (node) => !hasElements || typeof node === "object" || node.trim() !== "",
  );
  return { name, attributes, children };
}

function textIn(parts: unknown): string {
  return (parts as Raw[]).map((part) => String(part[TEXT] ?? "")).join("");
}

/** Prints an element and its children, indented by two spaces, with everything escaped. */
export function printXml(root: XmlElement, depth = 0): string {
  const pad = "  ".repeat(depth);
  if (root.name === COMMENT) return `${pad}<!--${root.children.join("")}-->\n`;
  const attributes = Object.entries(root.attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join("");
  if (root.children.length === 0) return `${pad}<${root.name}${attributes}/>\n`;
  if (root.children.some((child) => typeof child === "string")) {
    return `${pad}<${root.name}${attributes}>${root.children.map(inline).join("")}</${root.name}>\n`;
  }
  const inner = root.children.map((child) => printXml(child as XmlElement, depth + 1)).join("");
  return `${pad}<${root.name}${attributes}>\n${inner}${pad}</${root.name}>\n`;
}

function inline(node: XmlNode): string {
  return typeof node === "string" ? escapeText(node) : printXml(node).trimEnd();
}
