/** Seats in use of all seats, as a bar and in figures. */
export function SeatMeter({ inUse, seats }: { inUse: number; seats: number }) {
  const percent = Math.min(100, (inUse / seats) * 100);
  return (
    <div className="meter">
      <div
        className="meter-track"
        role="meter"
        aria-label="Seats in use"
        aria-valuemin={0}
        aria-valuemax={seats}
        aria-valuenow={inUse}
        aria-valuetext={`${inUse} of ${seats}`}
      >
        <div className="meter-bar" data-full={inUse >= seats || undefined} style={{ width: `${percent}%` }} />
      </div>
      <span className="meter-words">
        {inUse} of {seats}
      </span>
    </div>
  );
}
