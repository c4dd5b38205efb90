/** What a command of `seatkeeper` is: what it says of itself and what it does. It neither reads arguments nor ends the process. */

/** How a command ends the process. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  wrongUsage: 2,
  /** The server was asked, and said no. */
  refused: 3,
  /** Nothing that can be believed was answered. */
  noAnswer: 4,
  /** What was kept of the seat cannot be read, or it cannot be kept. */
  storeFailed: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command is given of the world. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes a line for whoever asked. */
  readonly print: (line: string) => void;
  /** Writes a line about a failure. */
  readonly complain: (line: string) => void;
  /** Draws a line in the place of the one drawn before, and none for an empty text; null where nobody would see it move. */
  readonly draw: ((line: string) => void) | null;
  /** Ends at Ctrl-C and the like, which end nothing else from this call on. */
  readonly untilStopped: () => AbortSignal;
}

/** What a command answers: sentences for people, or a value that `--json` prints. */
export interface Answer {
  readonly sentences: readonly string[];
  /** What went wrong, for people: written where failures are. */
  readonly complaints?: readonly string[];
  readonly json: object;
  /** How the command ends; `ok` where left out. */
  readonly exitCode?: ExitCode;
}

/** An option with a value, such as `--format svg`. */
export interface CommandOption {
  /** Without the hyphens. */
  readonly name: string;
  /** What stands for the value in the help. */
  readonly value: string;
  readonly meaning: string;
  /** The variable of the environment that says it where it is left out. */
  readonly variable?: string;
  /** The value where neither says it; a command is given none where this is left out, too. */
  readonly usual?: string;
}

export interface Command {
  /** The words after `seatkeeper`. */
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** What else there is to know, a paragraph each. */
  readonly description: readonly string[];
  /** Commands to try, each with what it is for. */
  readonly examples: readonly { readonly line: string; readonly meaning: string }[];
  /** The options with a value that it knows. */
  readonly options?: readonly CommandOption[];
  /** What it reads of the environment beside its options, with what each is: secrets, which are no arguments. */
  readonly environment?: readonly (readonly [string, string])[];
  /** Whether it knows `--json`. */
  readonly hasJson: boolean;
  /** What its exit codes mean, where they mean something of their own. */
  readonly exits?: readonly (readonly [string, string])[];
  /** How it ends where it throws; `failed` where left out. */
  readonly exitOfFailure?: ExitCode;
  /**
   * Does it. Gives null where it has nothing to answer.
   *
   * @param options the value of each of its options that has one
   * @param isJson whether `--json` was given, for a command that answers bit by bit
   * @throws whatever stopped it; see `failureSentence`
   */
  run(
    surroundings: Surroundings,
    options: Readonly<Partial<Record<string, string>>>,
    isJson: boolean,
  ): Promise<Answer | null>;
}

/** The arguments name nothing that there is; the message is a sentence that says what is wrong with them. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** A command cannot do what it was asked for; the message is the sentence for the operator. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  /** @param exitCode how the command ends; as it says itself where left out */
  constructor(
    message: string,
    readonly exitCode?: ExitCode,
  ) {
    super(message);
  }
}
