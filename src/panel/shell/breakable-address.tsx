/** An e-mail address, or a name, that breaks after its `@` where it has no room, and not within a word. */

export function BreakableAddress({ address }: { address: string }) {
  const [first = '', ...rest] = address.split('@');
  return (
    <>
      {first}
      {rest.map((part, index) => (
        <span key={index}>
          @<wbr />
          {part}
        </span>
      ))}
    </>
  );
}
