/** What a state can say besides its name, in words for people: whoever asks for it need not know which states say so. */
export const stateTags = {
  mayRun: 'the software may run',
} as const;

/** The name of a tag of any machine. */
export type StateTag = keyof typeof stateTags;
