import { CliError } from "../cli-error";
import { exitCodes } from "../exit-codes";

/** The number of a row of the audit log, as `--from` takes it. */
export function placeOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new CliError(`--from ${text}: must be the number of a row.`, exitCodes.usage);
}
