import { type ReadVideo, type VideoModel, videoModels } from "@/lib/model/video";
import { attribute, childrenOf, find } from "./query";
import { element, type XmlElement } from "./tree";

/** Graphics of a new VM, or of one that is given others. */
export function videoElement(model: VideoModel): XmlElement {
  const own = model === "vga" ? { vram: 16384 } : {};
  return element("video", {}, [element("model", { type: model, ...own, heads: 1 })]);
}

/** What a definition's screen is shown by: its primary graphics, as a rule the only ones. */
export function readVideo(root: XmlElement): ReadVideo {
  const primary = primaryVideo(find(root, "devices"));
  const type = primary && attribute(find(primary, "model"), "type");
  if (type === undefined || type === "none") return "none";
  return videoModels.find((each) => each === type) ?? "other";
}

/** The definition with such graphics, at a place that libvirt finds, and everything else as it was. */
export function withVideo(root: XmlElement, model: VideoModel): XmlElement {
  if (readVideo(root) === model) return root;
  const children = root.children.map((child) => {
    if (typeof child === "string" || child.name !== "devices") return child;
    const primary = primaryVideo(child);
    const made = videoElement(model);
    return {
      ...child,
      children: primary
        ? child.children.map((each) => (each === primary ? made : each))
        : [...child.children, made],
    };
  });
  return { ...root, children };
}

function primaryVideo(devices: XmlElement | null): XmlElement | undefined {
  const all = childrenOf(devices, "video");
  return all.find((each) => attribute(find(each, "model"), "primary") === "yes") ?? all[0];
}
