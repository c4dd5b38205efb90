/** Above a history that begins at a moment of the past: the way on to what came after it, and to the newest. */
import { Button, Group, Loader } from '@mantine/core';

export function NewerEvents({
  isLoading,
  onMore,
  onNewest,
}: {
  isLoading: boolean;
  onMore: () => void;
  onNewest: () => void;
}) {
  return (
    <Group gap="xs" mb="xs" grow preventGrowOverflow={false}>
      <Button
        size="compact-sm"
        variant="light"
        // Not disabled meanwhile: it would lose the focus.
        aria-busy={isLoading}
        leftSection={isLoading ? <Loader size={14} /> : null}
        onClick={onMore}
      >
        Show newer events
      </Button>
      <Button size="compact-sm" variant="default" onClick={onNewest}>
        Go to the newest
      </Button>
    </Group>
  );
}
