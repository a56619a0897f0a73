/** What is said instead of an answer to those for whom there is no place in the queue at the door. */
export const doorBusyText = "Too many people sign in at this moment. Try again in a few seconds.";
