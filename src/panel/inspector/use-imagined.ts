/** What somebody has imagined on a chart: it ends with the moment that it was imagined of, or it would pass for what is. */
import { useState } from 'react';

type Lit = readonly string[] | null;

/** @param moment another one for each moment that is shown @returns what is to stand out instead of what is, and how to change that */
export function useImagined(moment: string): [Lit, (lit: Lit) => void] {
  const [of, setOf] = useState(moment);
  const [imagined, setImagined] = useState<Lit>(null);
  if (of !== moment) {
    setOf(moment);
    setImagined(null);
  }
  return [of === moment ? imagined : null, setImagined];
}
