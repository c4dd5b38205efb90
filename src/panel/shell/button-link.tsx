/** A link to another page of the panel that looks like a button. */
import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Props = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

/** `to`, `params` and `search` are checked against the routes. */
export const ButtonLink = createLink((props: Props) => <Button component="a" {...props} />);
