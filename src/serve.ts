/** Starts the server as the environment says. */

/**
 * Resolves when the server listens.
 *
 * @throws ConfigurationError, DatabaseRefused or SigningKeysRefused, whose messages are sentences for the operator
 */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  throw new Error(`unfinished: ${Object.keys(environment).length}`);
}
