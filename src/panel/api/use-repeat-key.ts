/** Keys by which the server knows a request again, so that trying once more after a lost answer creates nothing twice. */
import { useRef } from 'react';

const keyBytes = 18;

/** 36 hexadecimal digits; unlike `crypto.randomUUID` also where there is no https. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns the header of a request that creates: the same for the same body, until it is said that it succeeded */
export function useRepeatKey(): { headerFor: (body: unknown) => { 'Idempotency-Key': string }; succeeded: () => void } {
  const kept = useRef<{ text: string; key: string } | null>(null);
  return {
    headerFor: (body) => {
      const text = JSON.stringify(body);
      if (kept.current?.text !== text) kept.current = { text, key: freshKey() };
      return { 'Idempotency-Key': kept.current.key };
    },
    succeeded: () => {
      kept.current = null;
    },
  };
}
