/** A link to another page of the panel, in a text. */
import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Props = AnchorProps & Omit<ComponentProps<'a'>, keyof AnchorProps>;

/** `to`, `params` and `search` are checked against the routes. */
export const TextLink = createLink((props: Props) => <Anchor {...props} />);
