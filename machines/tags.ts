/** What a state can say besides its name, so that nobody has to know all names to ask for it. */
export const stateTags = {
  mayRun: 'The software may run.',
} as const;

/** The name of a tag of any machine. */
export type StateTag = keyof typeof stateTags;
