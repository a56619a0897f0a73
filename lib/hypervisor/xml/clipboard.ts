import { attribute, childrenOf, find } from "./query";
import { element, type XmlElement } from "./tree";

/** The name by which an agent in the guest finds the channel. */
const portName = "com.redhat.spice.0";

/** Whether a definition has the channel of the clipboard, and whether it is open in the guest. */
export function readClipboard(root: XmlElement): { on: boolean; agent: boolean } {
  const [channel] = childrenOf(find(root, "devices"), "channel").filter(carriesClipboard);
  const state = attribute(find(channel ?? null, "target"), "state");
  return { on: channel !== undefined, agent: state === "connected" };
}

/**
 * The definition with that channel or without, and everything else as it was. The pointer stays
 * with the USB tablet, which needs no agent: by the channel it would go nowhere at a login screen.
 */
export function withClipboard(root: XmlElement, on: boolean): XmlElement {
  if (readClipboard(root).on === on) return root;
  const children = root.children.map((child) => {
    if (typeof child === "string" || child.name !== "devices") return child;
    const rest = child.children.filter((each) => typeof each === "string" || !hasPort(each));
    return { ...child, children: on ? [...rest, channelElement()] : rest };
  });
  return { ...root, children };
}

function channelElement(): XmlElement {
  return element("channel", { type: "qemu-vdagent" }, [
    element("source", {}, [
      element("clipboard", { copypaste: "yes" }),
      element("mouse", { mode: "server" }),
    ]),
    element("target", { type: "virtio", name: portName }),
  ]);
}

/** Also SPICE's own channel, which leads nowhere without a SPICE server: there is one such port. */
function hasPort(device: XmlElement): boolean {
  return device.name === "channel" && attribute(find(device, "target"), "name") === portName;
}

function carriesClipboard(channel: XmlElement): boolean {
  return (
    attribute(channel, "type") === "qemu-vdagent" &&
    attribute(find(channel, "source/clipboard"), "copypaste") === "yes"
  );
}
