/** Letters that look alike: Latin first, then those of the alphabet that they may belong to. */
const alike = [
  { own: /[Ѐ-ӿ]/, latin: "AaBCcEeHIiJjKMOoPpSsTXxy", letters: "АаВСсЕеНІіЈјКМОоРрЅѕТХху" },
  { own: /[Ͱ-Ͽ]/, latin: "ABEHIKMNOoPTXYZ", letters: "ΑΒΕΗΙΚΜΝΟοΡΤΧΥΖ" },
] as const;

/**
 * Fonts draw some letters of several alphabets alike, and the Latin one is read: in a word that has
 * a letter of another alphabet, that one's is meant.
 */
export function inOneAlphabet(line: string): string {
  return line.replace(/\p{L}+/gu, (word) => {
    const alphabet = alike.find(({ own }) => own.test(word));
    if (alphabet === undefined) return word;
    return Array.from(word, (letter) => {
      const at = alphabet.latin.indexOf(letter);
      return at < 0 ? letter : (alphabet.letters[at] ?? letter);
    }).join("");
  });
}
