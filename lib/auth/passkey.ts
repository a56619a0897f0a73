import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { PasskeyAssertion, PasskeyRegistration } from "@/lib/model/passkey";
import { challengeMs } from "./challenge";
import type { RelyingParty } from "./relying-party";

export type RegistrationOptions = PublicKeyCredentialCreationOptionsJSON;
export type AssertionOptions = PublicKeyCredentialRequestOptionsJSON;

/** The columns of a passkey that checking it needs. */
export interface KeptPasskey {
  id: string;
  publicKey: string;
  counter: number;
  transports: string;
}

/** Our user id as WebAuthn's user handle: an authenticator gives it back at sign-in. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId, "utf8").toString("base64url");
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64url, "base64url"));
}

/** What the browser is to ask for when a passkey is made; known ones are left out. */
export async function registrationOptions(
  rp: RelyingParty,
  user: { id: string; email: string; name: string },
  known: readonly KeptPasskey[],
  challenge: string,
): Promise<RegistrationOptions> {
  return generateRegistrationOptions({
    rpName: "Portico",
    rpID: rp.id,
    userID: bytes(userHandleOf(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    challenge: bytes(challenge),
    timeout: challengeMs,
    attestationType: "none",
    excludeCredentials: known.map(({ id, transports }) => ({
      id,
      transports: JSON.parse(transports),
    })),
    // Kept by the authenticator where it can, so that signing in needs no name.
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
}

/** The new passkey's columns; null when the answer is not one to this challenge, made here. */
export async function verifyRegistration(
  rp: RelyingParty,
  response: PasskeyRegistration,
  challenge: string,
): Promise<KeptPasskey | null> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: false,
    });
    if (registrationInfo === undefined) return null;
    const { id, publicKey, counter, transports } = registrationInfo.credential;
    return {
      id,
      publicKey: Buffer.from(publicKey).toString("base64url"),
      counter,
      transports: JSON.stringify(transports ?? []),
    };
  } catch {
    return null;
  }
}

/** What the browser is to ask for: one of these passkeys, or without them any it has for us. */
export async function assertionOptions(
  rp: RelyingParty,
  passkeys: readonly KeptPasskey[] | null,
  challenge: string,
): Promise<AssertionOptions> {
  return generateAuthenticationOptions({
    rpID: rp.id,
    challenge: bytes(challenge),
    timeout: challengeMs,
    allowCredentials: passkeys?.map(({ id, transports }) => ({
      id,
      transports: JSON.parse(transports),
    })),
    // Without a password before it, the passkey alone must show that its owner is there.
    userVerification: passkeys === null ? "required" : "preferred",
  });
}

/**
 * The signature counter to keep when the answer was signed by this passkey, for this challenge and
 * this portal; null otherwise, and when the counter has not moved on, as a copied key's would not.
 */
export async function verifyAssertion(
  rp: RelyingParty,
  response: PasskeyAssertion,
  passkey: KeptPasskey,
  expected: { challenge: string; userId: string; userVerified: boolean },
): Promise<number | null> {
  const { userHandle } = response.response;
  if (userHandle && userHandle !== userHandleOf(expected.userId)) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...response,
        response: { ...response.response, userHandle: userHandle ?? undefined },
      },
      expectedChallenge: expected.challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      credential: {
        id: passkey.id,
        publicKey: bytes(passkey.publicKey),
        counter: passkey.counter,
        transports: JSON.parse(passkey.transports),
      },
      requireUserVerification: expected.userVerified,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}
