import { execFile } from "node:child_process";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A certificate authority with a server and a client certificate, as libvirt expects the files:
 * cacert, servercert, serverkey, clientcert and clientkey. Needs openssl.
 */
export async function makePki(folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const openssl = (...args: string[]) => run("openssl", args, { cwd: folder });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const authority = ["-keyout", "cakey.pem", "-out", "cacert.pem", "-days", "2", "-subj", "/CN=ca"];
  await openssl("req", "-x509", ...key, ...authority);
  for (const name of ["server", "client"]) {
    const request = ["-keyout", `${name}key.pem`, "-out", `${name}.csr`, "-subj", `/CN=${name}`];
    await openssl("req", ...key, ...request);
    await fs.writeFile(join(folder, `${name}.ext`), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    const signer = ["-CA", "cacert.pem", "-CAkey", "cakey.pem", "-CAcreateserial", "-days", "2"];
    const files = ["-in", `${name}.csr`, "-out", `${name}cert.pem`, "-extfile", `${name}.ext`];
    await openssl("x509", "-req", ...signer, ...files);
  }
}
