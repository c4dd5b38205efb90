/**
 * The pages that the `type` of a problem document leads to: what the refusal means and what to do about it, from the same table
 * as the refusal itself, which rules it comes from, and which operations can answer with it.
 */
import { type FastifyInstance } from 'fastify';
import { keptMachines } from '../../machines/index.js';
import { type Configuration } from '../config/configuration.js';
import { sourcesOf, type RefusalSource } from '../rules/refusal.sources.js';
import { addressOfMachine, addressOfRule } from '../rules/rule.addresses.js';
import { escapeHtml, page, pageHeaders } from './page.js';
import { addressOfProblem, addressOfProblems } from './problem.address.js';
import { kebabOf, problemCodes, problemKind, ProblemError, type ProblemCode } from './problem.js';
import { sendProblem } from './problem.reply.js';

/** An operation that can answer with a code. */
export interface AnsweringOperation {
  /** Method and path. */
  readonly name: string;
  readonly summary: string;
  /** Where the API documentation has it. */
  readonly address: string;
}

/** More than these are unfolded by who wants to see them. */
const operationsAtOnce = 12;

/** The page of one code, as HTML. @param operations those that can answer with it */
export function problemPage(code: ProblemCode, operations: readonly AnsweringOperation[] = []): string {
  const { title, status, explanation, remedy } = problemKind(code);
  return page(
    title,
    [
      `<p>${escapeHtml(explanation)}</p>`,
      ...(remedy === null ? [] : ['<h2>What to do</h2>', listOf(sentencesOf(remedy).map(escapeHtml))]),
      ...chapter('Rules that say this', sourcesOf(code).map(ruleLine)),
      ...chapter('Requests that can be answered with it', operations.map(operationLine)),
      '<h2>For programs</h2>',
      `<dl><dt>code</dt><dd><code>${code}</code></dd><dt>status</dt><dd>${status}</dd></dl>`,
      `<p>${link(addressOfProblems, 'All refusals')}</p>`,
    ].join('\n'),
  );
}

/** The list of all codes, as HTML. */
export function problemIndex(): string {
  const rows = problemCodes.map((code) => {
    const { status, title, remedy } = problemKind(code);
    const name = link(addressOfProblem(code), `<code>${code}</code>`);
    const words = [name, escapeHtml(title), ...(remedy === null ? [] : [`<small>${escapeHtml(remedy)}</small>`])];
    return `<tr><td>${status}</td><td>${words.join('<br>')}</td></tr>`;
  });
  const machines = keptMachines.map(({ id }) => link(addressOfMachine(id), `<code>${id}</code>`));
  return page(
    'How this server says no',
    `<p>Every refusal has one of these codes. Programs decide by the code; the sentences may change.</p>
<p>The rules behind them: ${machines.join(', ')}. What can be asked for: ${link('/docs', 'the API documentation')}.</p>
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Code, meaning, and what to do</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`,
  );
}

function ruleLine({ machine, kind, name, description, events }: RefusalSource): string {
  const rule = link(addressOfRule(machine, name), `<code>${name}</code>`);
  const asked = events.map((event) => link(addressOfRule(machine, event), `<code>${event}</code>`)).join(', ');
  const owner = link(addressOfMachine(machine), `<code>${machine}</code>`);
  return kind === 'guard'
    ? `Guard ${rule} of ${owner} does not hold, at ${asked}: ${escapeHtml(description)}`
    : `State ${rule} of ${owner} does not know ${asked}. ${escapeHtml(description)}`;
}

function operationLine({ name, summary, address }: AnsweringOperation): string {
  return `${link(address, `<code>${escapeHtml(name)}</code>`)} ${escapeHtml(summary)}`;
}

/** A heading and a list; nothing where the list is empty. @param lines HTML, already safe */
function chapter(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const list = listOf(lines);
  const isLong = lines.length > operationsAtOnce;
  const content = isLong ? `<details><summary>${lines.length} of them</summary>\n${list}\n</details>` : list;
  return [`<h2>${title}</h2>`, content];
}

function listOf(lines: readonly string[]): string {
  return `<ul>\n${lines.map((line) => `<li>${line}</li>`).join('\n')}\n</ul>`;
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.) (?=[A-Z])/);
}

/** @param content HTML, already safe */
function link(address: string, content: string): string {
  return `<a href="${escapeHtml(address)}">${content}</a>`;
}

/**
 * Serves `GET /problems` and `GET /problems/<kebab-code>`, for everybody.
 *
 * @param operationsByProblem asked once, when a page is first asked for
 */
export function registerProblemPages(
  server: FastifyInstance,
  configuration: Pick<Configuration, 'publicUrl'>,
  operationsByProblem: () => ReadonlyMap<string, readonly AnsweringOperation[]>,
): void {
  const index = problemIndex();
  let pages: ReadonlyMap<string, string> | undefined;
  server.get(addressOfProblems, (_request, reply) => reply.headers(pageHeaders).send(index));
  server.get<{ Params: { code: string } }>(`${addressOfProblems}/:code`, (request, reply) => {
    pages ??= pagesWith(operationsByProblem());
    const html = pages.get(request.params.code);
    if (html !== undefined) return reply.headers(pageHeaders).send(html);
    sendProblem(reply, new ProblemError('notFound', 'There is no refusal of this name.'), configuration.publicUrl);
    return reply;
  });
}

function pagesWith(operations: ReadonlyMap<string, readonly AnsweringOperation[]>): ReadonlyMap<string, string> {
  return new Map(problemCodes.map((code) => [kebabOf(code), problemPage(code, operations.get(code))]));
}
