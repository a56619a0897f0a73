import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError, isAppError } from "@/lib/model/errors";
import { once } from "@/lib/runtime/once";
import { clientNetwork } from "./client-network";

const minute = 60;

/** Failures allowed per key before further attempts are refused, and for how long. */
function limiters() {
  return once("sign-in-limits", () => ({
    /** One account from one address. */
    pair: new RateLimiterMemory({ points: 5, duration: 15 * minute }),
    /** Any accounts from one address. */
    address: new RateLimiterMemory({ points: 30, duration: 15 * minute }),
    /** One account from anywhere; devices that signed in to it before are exempt. */
    account: new RateLimiterMemory({ points: 50, duration: 60 * minute }),
    /** A device that signed in to the account before: nobody else can use this up. */
    device: new RateLimiterMemory({ points: 10, duration: 15 * minute }),
    /** Codes for one account from one address, after its right password. */
    codePair: new RateLimiterMemory({ points: 10, duration: 15 * minute }),
    /** The same from anywhere; a six-digit code must not be found by patience. */
    codeAccount: new RateLimiterMemory({ points: 25, duration: 24 * 60 * minute }),
    /** Password or code of a signed-in person, asked for before something of weight. */
    confirm: new RateLimiterMemory({ points: 5, duration: 15 * minute }),
    /** Ways to the OIDC provider and back: each makes us ask the provider something. */
    oidc: new RateLimiterMemory({ points: 60, duration: 15 * minute }),
    /** Links to a new password that were asked for from one address. */
    resetAddress: new RateLimiterMemory({ points: 10, duration: 60 * minute }),
    /** And for one account: each is a mail in somebody's box. */
    resetAccount: new RateLimiterMemory({ points: 3, duration: 60 * minute }),
    /** Links to a screen that were tried from one address, but for those that held. */
    share: new RateLimiterMemory({ points: 60, duration: 15 * minute }),
    /** Invitations by one person: each may send a mail to an address of his choice. */
    invitation: new RateLimiterMemory({ points: 60, duration: 60 * minute }),
  }));
}

export interface SignInAttempt {
  /** Address of the account, in lower case. */
  email: string;
  ip: string;
  /** Id of a device that signed in to this very account before, or null. */
  deviceId: string | null;
}

/**
 * Counts an attempt before its password is looked at, so that parallel ones are counted too.
 * Throws `rate.limited` with the seconds to wait. Returns what takes the count back after the
 * right password.
 */
export async function countSignIn(attempt: SignInAttempt): Promise<() => Promise<void>> {
  const { pair, address, account, device } = limiters();
  const network = clientNetwork(attempt.ip);
  if (attempt.deviceId !== null) {
    const key = `${attempt.deviceId}|${attempt.email}`;
    await consume(device, key);
    return async () => void (await device.delete(key));
  }
  const pairKey = `${network}|${attempt.email}`;
  await consume(address, network);
  await consume(pair, pairKey);
  await consume(account, attempt.email);
  return async () => {
    await Promise.all([
      address.reward(network, 1),
      account.reward(attempt.email, 1),
      pair.delete(pairKey),
    ]);
  };
}

/**
 * Counts a try of a link to a screen. Throws `rate.limited`; returns what takes the count back
 * for a link that holds.
 */
export async function countShareVisit(ip: string): Promise<() => Promise<void>> {
  const { share } = limiters();
  const network = clientNetwork(ip);
  await consume(share, network);
  return async () => void (await share.reward(network, 1));
}

/**
 * The same for an attempt to sign in without a name: by a passkey, or by anything else that only
 * the address can be counted for.
 */
export async function countAddress(ip: string): Promise<() => Promise<void>> {
  const { address } = limiters();
  const network = clientNetwork(ip);
  await consume(address, network);
  return async () => void (await address.reward(network, 1));
}

/**
 * The same for a second factor's code. Only who knows the password comes this far, so that
 * strangers cannot use up an account's attempts; a known device has its own.
 */
export async function countCode(attempt: {
  userId: string;
  ip: string;
  deviceId: string | null;
}): Promise<() => Promise<void>> {
  const { codePair, codeAccount, device } = limiters();
  if (attempt.deviceId !== null) {
    const key = `${attempt.deviceId}|code|${attempt.userId}`;
    await consume(device, key);
    return async () => void (await device.delete(key));
  }
  const pairKey = `${clientNetwork(attempt.ip)}|${attempt.userId}`;
  await consume(codePair, pairKey);
  await consume(codeAccount, attempt.userId);
  return async () => {
    await Promise.all([codePair.delete(pairKey), codeAccount.reward(attempt.userId, 1)]);
  };
}

/** The same for a signed-in person's current password or code. */
export async function countConfirmation(userId: string): Promise<() => Promise<void>> {
  const { confirm } = limiters();
  await consume(confirm, userId);
  return async () => void (await confirm.delete(userId));
}

/** Counts a request that makes us call the OIDC provider; throws `rate.limited` after too many. */
export async function countOidc(ip: string): Promise<void> {
  await consume(limiters().oidc, clientNetwork(ip));
}

/**
 * Counts somebody who asks for a link to a new password; throws `rate.limited` after too many
 * from one address. False when this account, whether it exists or not, has been sent enough:
 * that is told to nobody.
 */
export async function countReset(asked: { email: string; ip: string }): Promise<boolean> {
  const { resetAddress, resetAccount } = limiters();
  await consume(resetAddress, clientNetwork(asked.ip));
  try {
    await consume(resetAccount, asked.email);
    return true;
  } catch (error) {
    if (isAppError(error, "rate.limited")) return false;
    throw error;
  }
}

/** Counts an invitation that is made or sent again; throws `rate.limited` after too many. */
export async function countInvitation(userId: string): Promise<void> {
  await consume(limiters().invitation, userId);
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    // Told by its shape: the limiter may come from another copy of the package.
    if (typeof refusal !== "object" || refusal === null || !("msBeforeNext" in refusal)) {
      throw refusal;
    }
    const seconds = Math.max(1, Math.ceil(Number(refusal.msBeforeNext) / 1000));
    throw new AppError({
      code: "rate.limited",
      message: `too many attempts, ${seconds} s to wait`,
      userMessage: { key: "rate.limited", values: { seconds, minutes: Math.ceil(seconds / 60) } },
      details: { seconds },
    });
  }
}
