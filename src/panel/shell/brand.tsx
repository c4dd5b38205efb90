/** The mark and the name. */
import mark from '../seatkeeper.svg';

export function Brand({ size = 26 }: { size?: number }) {
  return (
    <>
      <img src={mark} alt="" width={size} height={size} />
      Seatkeeper
    </>
  );
}
