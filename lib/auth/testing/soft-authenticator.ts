import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { PasskeyAssertion, PasskeyRegistration } from "@/lib/model/passkey";
import type { AssertionOptions, RegistrationOptions } from "../passkey";

const userPresent = 0x01;
const userVerified = 0x04;
const credentialIncluded = 0x40;

interface Differs {
  /** What the browser would write into the client data. */
  origin?: string;
  rpId?: string;
  verified?: boolean;
  /** Null: as an old security key that keeps no user. */
  userHandle?: string | null;
  counter?: number;
}

/** A security key in software: what a browser and a key would answer, or a forger. */
export class SoftAuthenticator {
  readonly id = randomBytes(16);
  readonly #key: KeyObject;
  readonly #cose: Buffer;
  #userHandle = "";
  counter = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId = new URL(origin).hostname,
  ) {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#key = privateKey;
    // CBOR of {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
    this.#cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x, "base64url")),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, "base64url")),
    ]);
  }

  /** Makes a passkey. */
  create(options: RegistrationOptions, differs: Differs = {}): PasskeyRegistration {
    this.#userHandle = options.user.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.#cose]);
    const authData = Buffer.concat([this.#authData(credentialIncluded, differs), credential]);
    // CBOR of {"fmt": "none", "attStmt": {}, "authData": …}.
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText("fmt"),
      cborText("none"),
      cborText("attStmt"),
      Buffer.from([0xa0]),
      cborText("authData"),
      cborBytes(authData),
    ]);
    return {
      ...this.#answer(),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", options.challenge, differs),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** Signs a challenge. */
  get(options: AssertionOptions, differs: Differs = {}): PasskeyAssertion {
    this.counter += 1;
    const authData = this.#authData(0, differs);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge, differs);
    const clientHash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url"));
    const signed = Buffer.concat([authData, clientHash.digest()]);
    const { userHandle = this.#userHandle } = differs;
    return {
      ...this.#answer(),
      response: {
        clientDataJSON,
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, this.#key).toString("base64url"),
        userHandle,
      },
    };
  }

  #answer() {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, clientExtensionResults: {} };
  }

  #authData(flags: number, { rpId = this.rpId, verified = true, counter }: Differs): Buffer {
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags | userPresent | (verified ? userVerified : 0));
    tail.writeUInt32BE(counter ?? this.counter, 1);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), tail]);
  }

  #clientData(type: string, challenge: string, { origin = this.origin }: Differs): string {
    const data = JSON.stringify({ type, challenge, origin, crossOrigin: false });
    return Buffer.from(data).toString("base64url");
  }
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

function cborBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from(head), bytes]);
}
