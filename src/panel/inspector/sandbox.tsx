/** Asks the server what a machine would do in a state that somebody imagines. Nothing is stored. */
import { Button, Group, NativeSelect, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client, taken } from '../api/client';
import { fieldErrors, formError } from '../api/field-errors';
import type { Imagination, Machine } from '../api/schema';
import { ProblemAlert } from '../shell/problem-alert';
import { factsOf, hintOf } from './facts';
import { Verdict } from './verdict';

const fields = ['state'] as const;

/** @param begin the state that is offered first @param onDecided told what would happen @param onFailed told that nothing was decided */
export function Sandbox({
  machine,
  begin = machine.initial,
  onDecided,
  onFailed,
}: {
  machine: Machine;
  begin?: string;
  onDecided: (decided: Imagination) => void;
  onFailed: () => void;
}) {
  const [state, setState] = useState(begin);
  const [type, setType] = useState(machine.events[0]?.name ?? '');
  const [facts, setFacts] = useState('');
  const [isReadable, setReadable] = useState(true);
  const decide = useMutation({
    mutationFn: (said: Record<string, unknown>): Promise<Imagination> =>
      taken(
        client.POST('/v1/machines/{id}/decide', {
          params: { path: { id: machine.id } },
          body: { state, event: { ...said, type } },
        }),
      ),
    onSuccess: onDecided,
    onError: onFailed,
  });
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    const said = factsOf(facts);
    setReadable(said !== null);
    if (said !== null) decide.mutate(said);
  };
  return (
    <form className="form sandbox" onSubmit={submit} noValidate>
      <Text className="soft">
        What would happen, with facts that you imagine. Nothing is stored. Facts that you leave out are ordinary ones.
      </Text>
      <Group align="flex-start" grow>
        <NativeSelect
          label="State"
          data={machine.states.map(({ name }) => name)}
          value={state}
          error={fieldErrors(decide.error, fields).state}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <NativeSelect
          label="Event"
          data={machine.events.map(({ name }) => name)}
          value={type}
          onChange={(event) => setType(event.currentTarget.value)}
        />
      </Group>
      <Textarea
        label="Facts"
        description={hintOf(machine.events.find(({ name }) => name === type)?.facts ?? {})}
        autosize
        minRows={2}
        value={facts}
        error={isReadable ? null : 'This is not a JSON object.'}
        onChange={(event) => setFacts(event.currentTarget.value)}
      />
      <ProblemAlert error={formError(decide.error, fields)} />
      <Group>
        <Button type="submit" loading={decide.isPending}>
          Decide
        </Button>
      </Group>
      <div role="status">
        {decide.data === undefined || decide.error !== null ? null : <Verdict imagined={decide.data} />}
      </div>
    </form>
  );
}
