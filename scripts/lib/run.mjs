import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Runs a program (no shell) and collects what it prints. Never rejects: a program that cannot be
 * started has code 127. `timeoutMs` ends it by SIGKILL.
 * @param {string[]} argv
 * @param {{ env?: Record<string, string | undefined>, timeoutMs?: number, cwd?: string, input?: string }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function capture(argv, options = {}) {
  return new Promise((done) => {
    const child = spawn(argv[0], argv.slice(1), {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: options.timeoutMs,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", (error) => done({ code: 127, stdout, stderr: stderr + error.message }));
    child.on("close", (code) => done({ code: code ?? 1, stdout, stderr }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}

/**
 * Runs a program whose output the person sees, each line after `label` where one is given: for
 * programs that run side by side. Resolves to its exit code; SIGINT and SIGTERM that reach us are
 * passed on.
 * @param {string[]} argv
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, label?: string, niceness?: number }} [options]
 * @returns {Promise<number>}
 */
export function show(argv, options = {}) {
  return new Promise((done) => {
    const child = spawn(argv[0], argv.slice(1), {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: options.label === undefined ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    if (options.niceness && child.pid !== undefined) setPriority(child.pid, options.niceness);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        console.log(`${options.label} ${line}`);
      });
    }
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    const end = (code) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      done(code);
    };
    child.on("error", (error) => {
      console.error(error.message);
      end(127);
    });
    child.on("close", (code, signal) => end(code ?? (signal === null ? 1 : 130)));
  });
}

/**
 * The full path of a program, or null. Looks into the sbin folders too, which an ordinary user's
 * PATH lacks on Debian.
 * @param {string} name
 * @returns {string | null}
 */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** @param {string | Buffer} data */
export const sha256 = (data) => createHash("sha256").update(data).digest("hex");
