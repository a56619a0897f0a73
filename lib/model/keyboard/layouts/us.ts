import { type LayoutKeys, latinLetters } from "../layout";

/** The US layout; Chinese and Korean keyboards have the same keys. */
export const us: LayoutKeys = {
  ...latinLetters,
  Backquote: "` ~",
  Digit1: "1 !",
  Digit2: "2 @",
  Digit3: "3 #",
  Digit4: "4 $",
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
  Quote: "' \"",
  Backslash: "\\ |",
  Comma: ", <",
  Period: ". >",
  Slash: "/ ?",
};
