import type { Page } from "@playwright/test";

/** A device that holds passkeys and says yes, in this page's browser. */
export interface VirtualAuthenticator {
  /** Whether it recognises its person from now on. */
  verifies(yes: boolean): Promise<void>;
  credentials(): Promise<number>;
}

/** Gives the page Chromium's virtual authenticator; it lives as long as the page. */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async verifies(isUserVerified) {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    async credentials() {
      const held = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      return held.credentials.length;
    },
  };
}
