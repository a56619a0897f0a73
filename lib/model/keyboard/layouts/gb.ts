import type { LayoutKeys } from "../layout";
import { us } from "./us";

/** The British layout: the American one but for these. */
export const gb: LayoutKeys = {
  ...us,
  Backquote: "` ¬",
  Digit2: '2 "',
  Digit3: "3 £",
  Digit4: "4 $ €",
  Quote: "' @",
  Backslash: "# ~",
  IntlBackslash: "\\ | none ¦",
};
