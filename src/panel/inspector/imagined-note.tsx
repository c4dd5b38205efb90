/** Says that a chart shows what would happen, and not what is; with the way back. */
import { Button, Group, Text } from '@mantine/core';

/** @param isPresent whether the page shows what is now, or what was */
export function ImaginedNote({ isPresent, onEnd }: { isPresent: boolean; onEnd: () => void }) {
  return (
    <Group gap="sm" mt="sm">
      <Text className="soft">What is lit on the chart is imagined.</Text>
      <Button size="compact-sm" variant="default" onClick={onEnd}>
        Show what {isPresent ? 'is' : 'was'}
      </Button>
    </Group>
  );
}
