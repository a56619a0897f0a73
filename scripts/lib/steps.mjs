import { failed, note, ok } from "./say.mjs";

/**
 * A part of the set-up.
 * @typedef {object} Step
 * @property {string} title what it is about: "Debian packages"
 * @property {(setup: Setup) => Promise<string | null> | string | null} plan what would be done,
 *   or null when it is already fine. Must not change anything.
 * @property {(setup: Setup) => Promise<void> | void} apply does it; throws StepError
 * @property {(setup: Setup) => void} [settled] called by `runSteps` once it is fine: keeps what
 *   `plan` found out at length, for the next start
 * @property {string | ((setup: Setup) => string)} undo how a person takes it back
 *
 * @typedef {import("./setup.mjs").Setup} Setup
 */

/** A failure that a person can mend; the message says how. */
export class StepError extends Error {}

/**
 * Says what will be done, does it, and says per step whether it was done or already fine. All look
 * at the machine side by side: most wait for a program or a socket.
 * @param {Step[]} steps
 * @param {Setup} setup
 */
export async function runSteps(steps, setup) {
  const plans = await Promise.all(steps.map(async (step) => step.plan(setup)));
  if (plans.some((plan) => plan !== null)) {
    note("This will be done:");
    for (const [index, plan] of plans.entries()) {
      if (plan !== null) note(`  - ${steps[index].title}: ${plan}`);
    }
  }
  let changed = false;
  for (const [index, step] of steps.entries()) {
    // Asked again after an earlier step has done something: that may have changed the answer.
    const plan = changed ? await step.plan(setup) : plans[index];
    if (plan === null) ok(step.title, "already fine");
    else {
      await applyStep(step, setup);
      changed = true;
    }
    step.settled?.(setup);
  }
}

async function applyStep(step, setup) {
  const started = Date.now();
  try {
    await step.apply(setup);
  } catch (error) {
    failed(step.title);
    throw error;
  }
  ok(step.title, `done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
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
