import { type PictureChoice, pictureChoices } from "./picture";

/** How somebody likes guests' screens to be shown, in this browser. */
export interface KeptView {
  /** The guest's screen follows the window, where it can. */
  resize: boolean;
  picture: PictureChoice;
}

const storageKey = "portico.view";
export const firstKept: KeptView = { resize: false, picture: "automatic" };

/** What this browser remembers; what it cannot read is as at first. */
export function readKeptView(): KeptView {
  const words = (window.localStorage.getItem(storageKey) ?? "").split(" ");
  return {
    resize: words.includes("resize"),
    picture: pictureChoices.find((each) => words.includes(each)) ?? firstKept.picture,
  };
}

export function keepView({ resize, picture }: KeptView): void {
  window.localStorage.setItem(storageKey, `${picture}${resize ? " resize" : ""}`);
}
