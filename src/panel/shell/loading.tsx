/** What a part of a page shows until its answer is there: grey lines in about the place of what will come. */
import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

export function Loading({ lines = 3, what = 'Loading' }: { lines?: number; what?: string }) {
  return (
    <Stack gap="sm" role="status" aria-busy="true">
      <VisuallyHidden>{what}…</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={18} width={`${92 - index * 13}%`} />
      ))}
    </Stack>
  );
}
