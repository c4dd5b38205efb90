/** Signing keys in the database that cannot be used as the server is configured; the message is the sentence for the operator. */
export class SigningKeysRefused extends Error {
  override readonly name = 'SigningKeysRefused';
}
