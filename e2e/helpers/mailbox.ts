import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** A mail server on a loopback port that keeps what it is given. */
export interface Mailbox {
  url: string;
  /** Of each mail the addressee and the text, oldest first. */
  mails: { to: string; text: string }[];
  stop(): Promise<void>;
}

/** Speaks as much SMTP as it takes to receive a mail. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Mailbox["mails"] = [];
  const server = createServer((socket) => receive(socket, mails));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    async stop() {
      server.close();
      await once(server, "close");
    },
  };
}

function receive(socket: Socket, mails: Mailbox["mails"]): void {
  let buffered = "";
  let to = "";
  let inData = false;
  socket.on("error", () => undefined);
  socket.write("220 mailbox\r\n");
  socket.on("data", (chunk) => {
    buffered += chunk.toString();
    for (;;) {
      const end = inData ? "\r\n.\r\n" : "\r\n";
      const at = buffered.indexOf(end);
      if (at === -1) return;
      const part = buffered.slice(0, at);
      buffered = buffered.slice(at + end.length);
      if (inData) mails.push({ to, text: plain(part) });
      to = part.match(/^RCPT TO:<(.*?)>/i)?.[1] ?? to;
      inData = !inData && /^DATA$/i.test(part);
      if (/^QUIT$/i.test(part)) socket.end("221 bye\r\n");
      else socket.write(inData ? "354 go on\r\n" : "250 fine\r\n");
    }
  });
}

/** Undoes what quoted-printable does to long lines and equals signs. */
function plain(mail: string): string {
  return mail
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
