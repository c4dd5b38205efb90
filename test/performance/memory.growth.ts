/** Whether a row of measurements grows steadily, as the memory of a server does that keeps what it should forget. */

/** Growth up to this share over the whole row is the weather. */
const shareAllowed = 0.1;

/** Of the steps from one measurement to the next, so many go up where something grows steadily. */
const stepsUpward = 0.6;

/**
 * @param measurements in equal distances; the first third is left out, since a server that has just begun fills its caches
 * @returns by which share the line through the rest rises, and whether that is steady growth; with fewer than four left it never is
 */
export function growthOf(measurements: readonly number[]): { share: number; isSteady: boolean } {
  const rest = measurements.slice(Math.floor(measurements.length / 3));
  const [first] = rest;
  if (first === undefined || rest.length < 4) return { share: 0, isSteady: false };
  const middle = (rest.length - 1) / 2;
  const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
  let covariance = 0;
  let variance = 0;
  rest.forEach((value, index) => {
    covariance += (index - middle) * (value - mean);
    variance += (index - middle) ** 2;
  });
  const share = ((covariance / variance) * (rest.length - 1)) / mean;
  const upward = rest.slice(1).filter((value, index) => value > (rest[index] ?? value)).length;
  return { share, isSteady: share > shareAllowed && upward / (rest.length - 1) >= stepsUpward };
}
