/** The reason for which a machine says no. Where that reaches the interface it leads to its page; client software says it to itself. */
import { Code } from '@mantine/core';
import type { Machine } from '../api/schema';
import { ProblemLink } from '../shell/problem-link';
import { isKept } from './machine-words';

export function Reason({ machine, code }: { machine: Machine['id']; code: string }) {
  return isKept(machine) ? <ProblemLink code={code} /> : <Code>{code}</Code>;
}
