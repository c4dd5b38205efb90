/**
 * How wide a text is, without a browser: from the widths of Helvetica's characters, which Arial and Liberation Sans share. What is
 * drawn is held to the width that was computed, so another font makes letters narrower or wider and leaves no box.
 */

/** The fonts with these widths, and at last whatever there is. */
export const fontFamily = 'Arial, "Liberation Sans", Helvetica, sans-serif';

export type Weight = 'regular' | 'bold';

/** Thousandths of the font's size, from U+0020 on. */
const widths: Readonly<Record<Weight, readonly number[]>> = {
  regular: [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
  ],
  bold: [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
  ],
};

/** Of a character that is not listed: as wide as the widest of most alphabets. */
const otherWidth = 1_000;

/** The width of a text, in the unit of `size`. */
export function widthOf(text: string, size: number, weight: Weight): number {
  const sum = [...text].reduce(
    (total, character) => total + (widths[weight][(character.codePointAt(0) ?? 0) - 32] ?? otherWidth),
    0,
  );
  return (sum * size) / 1_000;
}
