import { connect } from "node:net";

/**
 * Tries to connect to a unix socket; "denied" when rights are missing.
 * @param {string} path
 * @returns {Promise<"answers" | "denied" | "silent">}
 */
export function trySocket(path) {
  return new Promise((done) => {
    const socket = connect({ path, timeout: 2000 });
    const end = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.on("connect", () => end("answers"));
    socket.on("timeout", () => end("silent"));
    socket.on("error", (error) => end(error.code === "EACCES" ? "denied" : "silent"));
  });
}

/**
 * Polls until the socket answers; false after `timeoutMs`.
 * @param {string} path
 * @param {number} timeoutMs
 */
export async function untilSocketAnswers(path, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if ((await trySocket(path)) === "answers") return true;
    await new Promise((next) => setTimeout(next, 50));
  }
  return false;
}
