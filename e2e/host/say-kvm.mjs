// Between libvirt and a QEMU that it asks for its abilities: carries the monitor's lines and says
// that there is KVM. say-kvm.mjs SOCKET REAL_SOCKET; ends with either side.
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const [socket, realSocket] = process.argv.slice(2);

createServer((client) => {
  const qemu = connect(realSocket);
  client.pipe(qemu);
  createInterface({ input: qemu }).on("line", (line) => client.write(`${withKvm(line)}\r\n`));
  for (const side of [client, qemu]) {
    side.on("error", () => process.exit());
    side.on("close", () => process.exit());
  }
}).listen(socket);

function withKvm(line) {
  const message = JSON.parse(line);
  const { enabled, present } = message.return ?? {};
  if (enabled === undefined || present === undefined) return line;
  return JSON.stringify({ ...message, return: { enabled: true, present: true } });
}
