import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { UserMessage } from "@/lib/model/errors";
import type { PasskeyAssertion, PasskeyRegistration } from "@/lib/model/passkey";

/** What the browser gave, or why it gave nothing. */
export type Asked<T> = { ok: true; response: T } | { ok: false; message: UserMessage };

/** Lets the browser ask for a passkey. */
export async function askPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<Asked<PasskeyAssertion>> {
  return asked(async () => {
    const { id, rawId, response, authenticatorAttachment } = await startAuthentication({
      optionsJSON,
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = response;
    return {
      id,
      rawId,
      type: "public-key",
      authenticatorAttachment,
      clientExtensionResults: {},
      response: { clientDataJSON, authenticatorData, signature, userHandle },
    };
  });
}

/** Lets the browser make a passkey. */
export async function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Asked<PasskeyRegistration>> {
  return asked(async () => {
    const { id, rawId, response, authenticatorAttachment } = await startRegistration({
      optionsJSON,
    });
    const { clientDataJSON, attestationObject, transports } = response;
    return {
      id,
      rawId,
      type: "public-key",
      authenticatorAttachment,
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject, transports },
    };
  });
}

/** Browsers tell by the error's name alone why it came to nothing, and little even then. */
async function asked<T>(work: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, response: await work() };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const known = name === "InvalidStateError" ? "exists" : "given_up";
    return { ok: false, message: { key: `passkey.${known}` } };
  }
}
