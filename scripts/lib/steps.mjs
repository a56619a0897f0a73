import { failed, note, ok } from "./say.mjs";

/**
 * A part of the set-up.
 * @typedef {object} Step
 * @property {string} title what it is about: "Debian packages"
 * @property {(setup: Setup) => Promise<string | null> | string | null} plan what would be done,
 *   or null when it is already fine. Must not change anything.
 * @property {(setup: Setup) => Promise<void> | void} apply does it; throws StepError
 * @property {string | ((setup: Setup) => string)} undo how a person takes it back
 *
 * @typedef {import("./setup.mjs").Setup} Setup
 */

/** A failure that a person can mend; the message says how. */
export class StepError extends Error {}

/**
 * Says what will be done, does it, and says per step whether it was done or already fine.
 * @param {Step[]} steps
 * @param {Setup} setup
 */
export async function runSteps(steps, setup) {
  const plans = [];
  for (const step of steps) {
    const plan = await step.plan(setup);
    if (plan !== null) plans.push(`${step.title}: ${plan}`);
  }
  if (plans.length > 0) {
    note("This will be done:");
    for (const plan of plans) note(`  - ${plan}`);
  }
  for (const step of steps) {
    // Asked again: an earlier step may have changed the answer.
    const plan = await step.plan(setup);
    if (plan === null) {
      ok(step.title, "already fine");
      continue;
    }
    const started = Date.now();
    try {
      await step.apply(setup);
    } catch (error) {
      failed(step.title);
      throw error;
    }
    ok(step.title, `done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
}

/**
 * Prints what every step does and how it is undone, without doing anything.
 * @param {Step[]} steps
 * @param {Setup} setup
 */
export async function explainSteps(steps, setup) {
  for (const step of steps) {
    note(`${step.title}: ${(await step.plan(setup)) ?? "already fine"}`);
    note(`  undo: ${typeof step.undo === "string" ? step.undo : step.undo(setup)}`);
  }
}
