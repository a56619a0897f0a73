import { type LayoutKeys, latinLetters } from "../layout";

/** Brazil's ABNT2 layout. */
export const br: LayoutKeys = {
  ...latinLetters,
  Backquote: "' \" ¬",
  Digit1: "1 ! ¹",
  Digit2: "2 @ ²",
  Digit3: "3 # ³",
  Digit4: "4 $ £",
  Digit5: "5 % ¢",
  Digit6: "6 dead¨ ¬",
  Digit7: "7 &",
  Digit8: "8 *",
  Digit9: "9 (",
  Digit0: "0 ) none °",
  Minus: "- _",
  Equal: "= + §",
  BracketLeft: "dead´ dead`",
  BracketRight: "[ { ª",
  Semicolon: "ç Ç",
  Quote: "dead~ dead^",
  Backslash: "] } º",
  IntlBackslash: "\\ |",
  Comma: ", <",
  Period: ". >",
  Slash: "; :",
  IntlRo: "/ ?",
};
