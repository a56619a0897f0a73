import type { UserMessage } from "./errors";

export const passwordLimits = { min: 12, max: 128 } as const;

/** What people type when they must; matched after digits and signs are taken away. */
const trivialWords = new Set(
  (
    "password passwort passw0rd admin administrator root user guest test login welcome letmein " +
    "changeme secret master default portico qwerty qwertz azerty asdf asdfgh qwertyuiop zxcvbnm " +
    "iloveyou monkey dragon football baseball sunshine princess superman batman trustno hello " +
    "libvirt debian ubuntu linux server cloud woaini"
  ).split(" "),
);

/**
 * Why a password is not good enough, as a key of the `errors` catalogue; null when it is.
 * The same rule advises in the browser and decides on the server. Long beats complicated:
 * no classes of characters are asked for.
 */
export function passwordProblem(
  password: string,
  person: { email: string; name: string },
): UserMessage | null {
  const length = [...password].length;
  if (length < passwordLimits.min) {
    const values = { minimum: passwordLimits.min, length };
    return { key: "field.password.too_short", values };
  }
  if (length > passwordLimits.max) {
    return { key: "field.password.too_long", values: { maximum: passwordLimits.max } };
  }
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5 || isRun(lower)) return { key: "field.password.repeated" };
  const letters = lower.replace(/[^\p{L}]/gu, "");
  if (isTrivial(letters)) return { key: "field.password.common" };
  if (isPersonal(lower, person)) return { key: "field.password.personal" };
  return null;
}

/** "123456789012", "abcdefghijkl" and the same backwards. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, at) => char.charCodeAt(0) - text.charCodeAt(at));
  const runs = (step: number) => steps.filter((each) => each === step).length >= steps.length - 2;
  return runs(1) || runs(-1);
}

/** Nothing but trivial words, once or again and again. */
function isTrivial(letters: string): boolean {
  if (letters === "") return false;
  for (const word of trivialWords) {
    if (letters.startsWith(word)) {
      const rest = letters.slice(word.length);
      if (rest.length <= 1 || isTrivial(rest)) return true;
    }
  }
  return false;
}

/** Mostly the person's own address or name. */
function isPersonal(lower: string, { email, name }: { email: string; name: string }): boolean {
  return [email, email.split("@")[0] ?? "", name].some((each) => {
    const part = each.trim().toLowerCase();
    return part.length >= 4 && lower.includes(part) && lower.length - part.length < 8;
  });
}
