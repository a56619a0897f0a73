import { type ReadVideo, type VideoModel, videoModels } from "@/lib/model/video";
import { attribute, childrenOf, find } from "./query";
import { element, type XmlElement } from "./tree";

/** Graphics of a new VM. */
export function videoElement(model: VideoModel): XmlElement {
  return element("video", {}, [modelElement(model)]);
}

function modelElement(type: VideoModel, more: Record<string, string> = {}): XmlElement {
  const own = type === "vga" ? { vram: 16384 } : {};
  return element("model", { type, ...own, heads: 1, ...more });
}

/** What a definition's screen is shown by: its primary graphics, as a rule the only ones. */
export function readVideo(root: XmlElement): ReadVideo {
  const primary = primaryVideo(find(root, "devices"));
  const type = primary && attribute(find(primary, "model"), "type");
  if (!type || type === "none") return "none";
  return videoModels.find((each) => each === type) ?? "other";
}

/** The definition with such graphics in the place of the primary ones, and all else as it was. */
export function withVideo(root: XmlElement, model: VideoModel): XmlElement {
  if (readVideo(root) === model) return root;
  const children = root.children.map((child) => {
    if (typeof child === "string" || child.name !== "devices") return child;
    const primary = primaryVideo(child);
    return {
      ...child,
      children: primary
        ? child.children.map((each) => (each === primary ? withModel(primary, model) : each))
        : [...child.children, videoElement(model)],
    };
  });
  return { ...root, children };
}

/** What else is said of them is of another device, but for which it is and where. */
function withModel(video: XmlElement, type: VideoModel): XmlElement {
  const primary = attribute(find(video, "model"), "primary");
  const made = modelElement(type, primary === null ? {} : { primary });
  return { ...video, children: [made, ...childrenOf(video, "address")] };
}

function primaryVideo(devices: XmlElement | null): XmlElement | undefined {
  const all = childrenOf(devices, "video");
  return all.find((each) => attribute(find(each, "model"), "primary") === "yes") ?? all[0];
}
