import { type LayoutKeys, latinLetters } from "../layout";

/** The Japanese layout of 106 keys, typing Latin letters. */
export const jp: LayoutKeys = {
  ...latinLetters,
  Digit1: "1 !",
  Digit2: '2 "',
  Digit3: "3 #",
  Digit4: "4 $",
  Digit5: "5 %",
  Digit6: "6 &",
  Digit7: "7 '",
  Digit8: "8 (",
  Digit9: "9 )",
  Digit0: "0",
  Minus: "- =",
  Equal: "^ ~",
  IntlYen: "\\ |",
  BracketLeft: "@ `",
  BracketRight: "[ {",
  Semicolon: "; +",
  Quote: ": *",
  Backslash: "] }",
  IntlBackslash: "< >",
  Comma: ", <",
  Period: ". >",
  Slash: "/ ?",
  IntlRo: "\\ _",
};
