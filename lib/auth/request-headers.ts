/** Request headers that our own server sets, over whatever a client sent under these names. */

/** The client's address. */
export const clientAddressHeader = "x-portico-client";

/** Path and query of the page that is asked for: where to go back to after signing in. */
export const pagePathHeader = "x-portico-path";
