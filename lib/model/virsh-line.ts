const plain = /^[\p{L}\p{N}_./:=,@%+-]+$/u;

/**
 * A virsh command line that a POSIX shell takes as it stands: words with anything but letters,
 * digits and harmless signs are quoted. `words` are the arguments without "virsh" itself; null
 * and false are left out.
 */
export function virshLine(words: readonly (string | null | false)[]): string {
  const given = words.filter((word) => word !== null && word !== false);
  return ["virsh", ...given.map(shellWord)].join(" ");
}

/** Text as one word of a POSIX shell. */
export function shellWord(word: string): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
