import { imageLimits } from "./image";

/**
 * The name to show for an uploaded file: the last part of whatever path the client sent, without
 * control or direction-changing characters. It is only ever shown; files get generated names.
 */
export function cleanImageName(filename: string): string {
  const last = filename.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  const short = [...clean].slice(0, imageLimits.nameLength).join("").trim();
  return short === "" || short === "." || short === ".." ? "image.iso" : short;
}
