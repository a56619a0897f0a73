import { type ReadRecovery, type Recovery, watchdogActions } from "@/lib/model/recovery";
import { attribute, childrenOf, find, textOf } from "./query";
import { element, type XmlElement, type XmlNode } from "./tree";

/** What a definition does when its guest panics or its watchdog is not fed. */
export function readRecovery(root: XmlElement): ReadRecovery {
  const devices = find(root, "devices");
  const [watchdog] = childrenOf(devices, "watchdog");
  const action = watchdog === undefined ? "none" : (attribute(watchdog, "action") ?? "reset");
  return {
    onPanic: find(devices, "panic") === null ? "ignore" : policyOf(textOf(find(root, "on_crash"))),
    watchdog: watchdogActions.find((each) => each === action) ?? "other",
  };
}

function policyOf(onCrash: string | null): ReadRecovery["onPanic"] {
  if (onCrash === null || onCrash === "destroy") return "stop";
  return onCrash === "restart" ? "restart" : "other";
}

/**
 * The definition with another recovery and everything else as it was. A guest tells its panic by
 * pvpanic, which has one form on q35 and pc alike. A q35 has Intel's watchdog inside where libvirt
 * shows it (from 9.1 on), and that one cannot be taken out; else a VM gets the i6300esb.
 */
export function withRecovery(root: XmlElement, wanted: Recovery): XmlElement {
  const onCrash = element("on_crash", {}, [wanted.onPanic === "restart" ? "restart" : "destroy"]);
  // What only virsh says, such as a dump first, is kept by whoever asks for nothing else.
  const asItWas = readRecovery(root).onPanic === wanted.onPanic;
  const children = root.children.map((child) => {
    if (typeof child === "string") return child;
    if (child.name === "on_crash") return asItWas ? child : onCrash;
    return child.name === "devices" ? withDevices(child, wanted) : child;
  });
  if (!asItWas && find(root, "on_crash") === null) children.push(onCrash);
  return { ...root, children };
}

function withDevices(devices: XmlElement, { onPanic, watchdog }: Recovery): XmlElement {
  const panics = childrenOf(devices, "panic");
  const [dog] = childrenOf(devices, "watchdog");
  const added: XmlElement[] = [];
  if (onPanic !== "ignore" && panics.length === 0) added.push(element("panic", { model: "isa" }));
  if (watchdog !== "none" && dog === undefined) {
    added.push(element("watchdog", { model: "i6300esb", action: watchdog }));
  }
  const kept = devices.children.flatMap((child): XmlNode[] => {
    if (typeof child === "string") return [child];
    if (child.name === "panic" && onPanic === "ignore") return [];
    if (child.name !== "watchdog") return [child];
    const inside = attribute(child, "model") === "itco";
    if (watchdog === "none" && !inside) return [];
    return [{ ...child, attributes: { ...child.attributes, action: watchdog } }];
  });
  return { ...devices, children: [...kept, ...added] };
}
