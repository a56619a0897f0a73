const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
/** @param {number} code SGR colour @param {string} text */
export const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** @param {string} text */
export const note = (text) => console.log(text);

/** @param {string} title @param {string} how */
export const ok = (title, how) => console.log(`${paint(32, "✓")} ${title}: ${how}`);

/** @param {string} title @param {string} [why] */
export const failed = (title, why = "failed") => console.log(`${paint(31, "✗")} ${title}: ${why}`);

/** @param {string} text */
export const warn = (text) => console.log(`${paint(33, "!")} ${text}`);
