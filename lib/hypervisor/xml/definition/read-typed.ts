import { maxDefinitionChars } from "@/lib/model/definition";
import { AppError } from "@/lib/model/errors";
import { parseXml, type XmlElement } from "../tree";

/** libvirt's own definitions are seven deep. */
const MAX_DEPTH = 24;
const MAX_ELEMENTS = 4_000;

type Problem = "not_xml" | "too_large" | "not_a_domain" | "markup";

/**
 * A definition that somebody has typed or uploaded, as a tree. Throws `input.invalid` for what is
 * too long, too deep or no XML, for document types, entities and processing instructions, and for
 * a root that is no domain. What is sent to libvirt is printed from this tree, so that it can read
 * nothing that we have not.
 */
export function readTyped(text: string): XmlElement {
  if (text.length > maxDefinitionChars) throw refused("too_large", `${text.length} characters`);
  const bare = text.replace(/^\uFEFF?\s*<\?xml\s[^?<>]*\?>/, "").replace(/<!--[\s\S]*?-->/g, "");
  const markup = /<![A-Za-z]|<\?/.exec(bare);
  if (markup !== null) throw refused("markup", markup[0]);
  const entity = /&(?!(?:lt|gt|amp|quot|apos|#x?[0-9a-fA-F]{1,7});)/;
  if (entity.test(bare.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, ""))) {
    throw refused("markup", "an entity that XML does not know");
  }
  const root = parsed(text);
  if (root.name !== "domain") throw refused("not_a_domain", `<${root.name.slice(0, 40)}>`);
  count(root, 1);
  return root;
}

function parsed(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw refused("not_xml", error instanceof Error ? error.message : String(error));
  }
}

function count(parent: XmlElement, depth: number): number {
  if (depth > MAX_DEPTH) throw refused("too_large", `more than ${MAX_DEPTH} levels`);
  let elements = 1;
  for (const child of parent.children) {
    if (typeof child === "object") elements += count(child, depth + 1);
  }
  if (elements > MAX_ELEMENTS) throw refused("too_large", `more than ${MAX_ELEMENTS} elements`);
  return elements;
}

function refused(problem: Problem, reason: string): AppError {
  const key = `definition.${problem}`;
  return new AppError({
    code: "input.invalid",
    message: `a definition is refused: ${problem}: ${reason}`,
    userMessage: { key, values: { reason } },
    fields: { xml: { key, values: { reason } } },
    details: { problem, reason },
  });
}
