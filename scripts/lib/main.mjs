import { StepError } from "./steps.mjs";

/**
 * Runs a script's body in the checkout; a StepError becomes its message and exit code 1.
 * @param {() => Promise<unknown>} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}
