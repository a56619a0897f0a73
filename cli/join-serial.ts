import { once } from "node:events";
import { CliError } from "./cli-error";
import type { Client } from "./client";
import { exitCodes } from "./exit-codes";
import type { Io } from "./io";
import { openConsole } from "./open-console";

/** Ctrl-], as in virsh. */
const leave = 0x1d;
const taken = 4005;
const guestEnds = [4001, 4002];

/**
 * Joins this terminal to a VM's serial port until Ctrl-] is typed, the signal comes or the guest
 * stops. Throws a CliError when somebody else reads the port, or takes it.
 */
export async function joinSerial(
  client: Client,
  vmId: string,
  { takeOver, io }: { takeOver: boolean; io: Io },
): Promise<void> {
  const { stdin, stdout, signal } = io;
  const socket = openConsole(client, await client.call("createSerialTicket", { vmId, takeOver }));
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await once(socket, "open").catch((error: Error) => {
    throw new CliError(error.message, exitCodes.unreachable);
  });
  // Its close tells of it, too.
  socket.on("error", () => undefined);
  socket.on("message", (bytes: Buffer) => {
    if (stdout.write(bytes)) return;
    socket.pause();
    stdout.once("drain", () => socket.resume());
  });
  const onInput = (bytes: Buffer) => {
    const end = bytes.indexOf(leave);
    stdin.pause();
    socket.send(end < 0 ? bytes : bytes.subarray(0, end), () => stdin.resume());
    if (end >= 0) socket.close(1000);
  };
  const onAbort = () => socket.close(1000);
  signal.addEventListener("abort", onAbort);
  stdin.setRawMode?.(true);
  stdin.on("data", onInput);
  try {
    const code = await closed;
    if (code === taken) {
      const message = "Somebody else reads this serial port. With --force you take it over.";
      throw new CliError(message, exitCodes.conflict);
    }
    if (code !== 1000 && !guestEnds.includes(code)) {
      throw new CliError(`The console has ended (${code}).`, exitCodes.unreachable);
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    stdin.off("data", onInput);
    stdin.setRawMode?.(false);
    stdin.pause();
  }
}
