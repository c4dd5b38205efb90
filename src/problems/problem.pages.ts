/**
 * The pages that the `type` of a problem document leads to: what the refusal means and what to do about it, from the same table
 * as the refusal itself.
 */
import { type FastifyInstance } from 'fastify';
import { type Configuration } from '../config/configuration.js';
import { escapeHtml, page, pageHeaders } from './page.js';
import { kebabOf, problemCodes, problemKind, ProblemError, type ProblemCode } from './problem.js';
import { sendProblem } from './problem.reply.js';

/** The page of one code, as HTML. */
export function problemPage(code: ProblemCode): string {
  const { title, status, explanation, remedy } = problemKind(code);
  return page(
    title,
    `<p>${escapeHtml(explanation)}</p>
${remedy === null ? '' : `<h2>What to do</h2>\n<p>${escapeHtml(remedy)}</p>`}
<h2>For programs</h2>
<dl><dt>code</dt><dd><code>${code}</code></dd><dt>status</dt><dd>${status}</dd></dl>
<p><a href="../problems">All refusals</a></p>`,
  );
}

/** The list of all codes, as HTML. */
export function problemIndex(): string {
  const rows = problemCodes.map((code) => {
    const { status, title } = problemKind(code);
    return `<tr><td>${status}</td><td><a href="problems/${kebabOf(code)}"><code>${code}</code></a></td><td>${escapeHtml(title)}</td></tr>`;
  });
  return page(
    'How this server says no',
    `<p>Every refusal has one of these codes. Programs decide by the code; the sentences may change.</p>
<table>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`,
  );
}

/** Serves `GET /problems` and `GET /problems/<kebab-code>`, for everybody. */
export function registerProblemPages(server: FastifyInstance, configuration: Pick<Configuration, 'publicUrl'>): void {
  const index = problemIndex();
  const pages = new Map(problemCodes.map((code) => [kebabOf(code), problemPage(code)]));
  server.get('/problems', (_request, reply) => reply.headers(pageHeaders).send(index));
  server.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const html = pages.get(request.params.code);
    if (html !== undefined) return reply.headers(pageHeaders).send(html);
    sendProblem(reply, new ProblemError('notFound', 'There is no refusal of this name.'), configuration.publicUrl);
    return reply;
  });
}
