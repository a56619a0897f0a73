import { type LayoutKeys, latinLetters } from "../layout";

/** The British layout. */
export const gb: LayoutKeys = {
  ...latinLetters,
  Backquote: "` ¬",
  Digit1: "1 !",
  Digit2: '2 "',
  Digit3: "3 £",
  Digit4: "4 $ €",
  Digit5: "5 %",
  Digit6: "6 ^",
  Digit7: "7 &",
  Digit8: "8 *",
  Digit9: "9 (",
  Digit0: "0 )",
  Minus: "- _",
  Equal: "= +",
  BracketLeft: "[ {",
  BracketRight: "] }",
  Semicolon: "; :",
  Quote: "' @",
  Backslash: "# ~",
  IntlBackslash: "\\ | none ¦",
  Comma: ", <",
  Period: ". >",
  Slash: "/ ?",
};
