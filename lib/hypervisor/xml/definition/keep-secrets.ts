import { childrenOf, find } from "../query";
import type { XmlElement } from "../tree";

const secrets = ["passwd", "passwdValidTo"] as const;

/**
 * An edited definition with the screen's password that no reading shows, so that an edit does not
 * lose it. `secure` is the definition with its secrets. A password that is typed anew stands.
 */
export function withSecrets(edited: XmlElement, secure: XmlElement): XmlElement {
  const kept = childrenOf(find(secure, "devices"), "graphics");
  const devices = find(edited, "devices");
  if (devices === null || kept.length === 0) return edited;
  const children = devices.children.map((child) => {
    if (typeof child === "string" || child.name !== "graphics") return child;
    const old = kept.find((each) => each.attributes.type === child.attributes.type);
    const typed = secrets.some((name) => name in child.attributes);
    if (old === undefined || typed) return child;
    const again = secrets.flatMap((name) => {
      const value = old.attributes[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return { ...child, attributes: { ...child.attributes, ...Object.fromEntries(again) } };
  });
  return {
    ...edited,
    children: edited.children.map((child) =>
      child === devices ? { ...devices, children } : child,
    ),
  };
}
