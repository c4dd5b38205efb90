/**
 * The memory that the coordinator's thread and the signing thread share: a ring of places, each for one text and its Ed25519
 * signature. It says who may do what with a place, and neither signs nor knows what a lease is.
 */

/** What stands at a place. Only a compare-and-exchange moves it on from `posted`, so no text is taken twice. */
export const placeState = { free: 0, posted: 1, taken: 2, signed: 3 } as const;

export const placeCount = 512;
/** The bytes of a text at most. Leases have some 450; only a very long `iss` makes longer ones. */
export const textBytesMax = 1024;
export const signatureBytes = 64;

/** The board, as seen by either thread. All views are on the same memory. */
export class SigningBoard {
  /** A counter: it grows when there is something to sign, and whoever waits for that waits here. */
  readonly calls: Int32Array<SharedArrayBuffer>;
  readonly states: Int32Array<SharedArrayBuffer>;
  readonly lengths: Int32Array<SharedArrayBuffer>;
  /** Which key signs the text: its number in the order in which the signing thread was given them, from 0. */
  readonly keys: Int32Array<SharedArrayBuffer>;
  private readonly texts: Buffer;
  private readonly signatures: Buffer;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(SigningBoard.bytes)) {
    const words = 4 * placeCount;
    this.calls = new Int32Array(memory, 0, 1);
    this.states = new Int32Array(memory, 8, placeCount);
    this.lengths = new Int32Array(memory, 8 + words, placeCount);
    this.keys = new Int32Array(memory, 8 + 2 * words, placeCount);
    this.texts = Buffer.from(memory, 8 + 3 * words, placeCount * textBytesMax);
    this.signatures = Buffer.from(memory, 8 + 3 * words + placeCount * textBytesMax, placeCount * signatureBytes);
  }

  /** The bytes at a place that hold the text, without their end. */
  textAt(place: number): Buffer {
    return this.texts.subarray(place * textBytesMax, (place + 1) * textBytesMax);
  }

  signatureAt(place: number): Buffer {
    return this.signatures.subarray(place * signatureBytes, (place + 1) * signatureBytes);
  }

  private static readonly bytes = 8 + placeCount * (3 * 4 + textBytesMax + signatureBytes);
}
